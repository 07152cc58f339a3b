return MiniTrader.DataTools.DataToolsCli.Run(args);
