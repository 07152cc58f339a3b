using BenchmarkDotNet.Running;

// dotnet run -c Release --project bench/MiniTrader.Benchmarks -- --filter '*Ring*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
