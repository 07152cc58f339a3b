using MiniTrader.DataTools;
using MiniTrader.Ring;

using StopSignal signal = new();
return DataToolsCli.Run(args, ToolConsole.System(signal.Token));
