using MiniTrader.DataTools;

using StopSignal signal = new();
return DataToolsCli.Run(args, ToolConsole.System(signal.Token));
