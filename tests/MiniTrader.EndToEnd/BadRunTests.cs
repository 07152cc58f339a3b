using System.Diagnostics;
using Xunit;

namespace MiniTrader.EndToEnd;

/// <summary>Runs that begin well and do not reach their end.</summary>
public sealed class BadRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_exception_in_a_strategy_of_a_library_ends_the_run_with_code_1_and_says_when()
    {
        string library = Path.Combine(AppContext.BaseDirectory, "MiniTrader.EndToEnd.dll");
        Finished run = MiniTraderProcess.Run(_folder, "backtest", "--strategy", $"{library}:FaultyStrategy", "--data", "generated:rows=5000,instruments=1", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("The strategy lost its mind.", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Control_C_stops_a_run_cleanly_and_its_folder_is_complete()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        using Process process = MiniTraderProcess.Start(
            _folder, [MiniTraderProcess.Program, "backtest", "--strategy", "EmaCross", "--data", "generated:rows=2000000000", "--journal", "none", "--json", "--out", "run"]);

        // The run is under way once it has begun to write.
        for (int i = 0; i < 600 && !Directory.Exists(Path.Combine(_folder, "run.part")) && !process.HasExited; i++) Thread.Sleep(50);
        Thread.Sleep(500);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"])) kill.WaitForExit();
        Finished run = MiniTraderProcess.Finish(process);

        Assert.True(run.ExitCode == 1, $"Exit code {run.ExitCode}: {run.Error}");
        Assert.Contains("The run was stopped", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run.Json.GetProperty("folder").GetString()!, "summary.json")));
    }
}
