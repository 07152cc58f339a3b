using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

// dotnet run -c Release --project bench/MiniTrader.Benchmarks -- --filter '*Ring*'
// BenchmarkDotNet builds all that is measured anew; the two minutes that it allows by default are too few on a busy machine.
ManualConfig config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(15));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
