using MiniTrader.DataTools;
using MiniTrader.Samples;
using MiniTrader.Sessions;
using MiniTrader.Tests.DataTools;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>Runs sessions in a temporary folder that goes away with the test.</summary>
public sealed class Runs : IDisposable
{
    private int _count;

    public string Folder { get; } = Directory.CreateTempSubdirectory("minitrader-tests-").FullName;

    internal static StrategyLibrary Library => new StrategyLibrary(typeof(EmaCross).Assembly);

    internal RunOutcome Run(RunConfig config, StrategyLibrary? library = null) =>
        BacktestSession.Run(config with { Out = Path.Combine(Folder, $"run{++_count}") }, library ?? Library, cancellation: TestContext.Current.CancellationToken);

    /// <summary>Imports LEAN files, with options among them, into a catalog of this test's own; skips the test where they are missing.</summary>
    internal string ImportLean(params string[] paths)
    {
        string catalog = Path.Combine(Folder, "catalog");
        int code = DataToolsCli.Run(["import", "lean", .. paths.Select(p => p.Contains('/', StringComparison.Ordinal) ? SharedData.Path(Path.Combine("lean", p)) : p), "--catalog", catalog]);
        return code == 0 ? catalog : throw new InvalidOperationException($"The import ended with {code}.");
    }

    /// <summary>Makes up a day of ITCH messages and imports it into a catalog of this test's own.</summary>
    internal string ImportMadeUpDay(int rows, int stocks)
    {
        string file = Path.Combine(Folder, "20240105.itch"), catalog = Path.Combine(Folder, "catalog");
        new ItchGenerateJob { Path = file, Market = new() { Rows = rows, Stocks = stocks } }.Run(new(TextWriter.Null, TextWriter.Null, false));
        int code = DataToolsCli.Run(["import", "itch", file, "--catalog", catalog], new(TextWriter.Null, TextWriter.Null, false));
        return code == 0 ? catalog : throw new InvalidOperationException($"The import ended with {code}.");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
