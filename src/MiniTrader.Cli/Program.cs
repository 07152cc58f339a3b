return await MiniTrader.Cli.TraderCli.RunAsync(args);
