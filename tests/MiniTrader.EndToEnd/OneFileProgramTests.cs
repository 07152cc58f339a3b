using Xunit;

namespace MiniTrader.EndToEnd;

/// <summary>A strategy in one file of its own, run with nothing but the SDK.</summary>
public sealed class OneFileProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_standalone_sample_runs_as_it_stands_and_gives_what_the_sample_by_name_gives()
    {
        string program = Path.Combine(RepositoryRoot(), "src", "MiniTrader.Samples", "Standalone", "EmaCross.cs");
        string[] arguments = ["backtest", "--data", "generated:rows=20000", "--json"];
        Finished own = MiniTraderProcess.Dotnet(_folder, ["run", program, "--", .. arguments, "--out", "own"]);
        Finished byName = MiniTraderProcess.Run(_folder, [.. arguments, "--strategy", "EmaCross", "--out", "named"]);

        Assert.True(own.ExitCode == 0, own.Output + own.Error);
        Assert.Equal(byName.Json.GetProperty("hash").GetString(), own.Json.GetProperty("hash").GetString());
    }

    private static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "MiniTrader.sln"))) folder = Path.GetDirectoryName(folder);
        Assert.SkipWhen(folder is null, "The tests do not run inside a checkout.");
        return folder!;
    }
}
