using MiniTrader.DataTools;
using MiniTrader.Samples;
using MiniTrader.Sessions;
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

    /// <summary>The folder of real market data, or null where it is not there.</summary>
    internal static string? RealData
    {
        get
        {
            if (Environment.GetEnvironmentVariable("MINITRADER_TEST_DATA") is { Length: > 0 } named) return Directory.Exists(named) ? named : null;
            for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            {
                if (!File.Exists(Path.Combine(folder.FullName, "MiniTrader.sln"))) continue;
                string beside = Path.Combine(folder.FullName, "..", "shared", "data");
                return Directory.Exists(beside) ? Path.GetFullPath(beside) : null;
            }

            return null;
        }
    }

    /// <summary>Imports LEAN files into a catalog of this test's own.</summary>
    internal string ImportLean(params string[] paths)
    {
        string catalog = Path.Combine(Folder, "catalog");
        string root = Path.Combine(RealData!, "lean");
        int code = DataToolsCli.Run(["import", "lean", .. paths.Select(p => Path.Combine(root, p)), "--catalog", catalog]);
        return code == 0 ? catalog : throw new InvalidOperationException($"The import ended with {code}.");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
