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
        Finished run = RunOwn("FaultyStrategy");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("The strategy lost its mind.", Fault(run), StringComparison.Ordinal);

        // What the run assumed was said before it began, and nothing else but the fault was.
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("Nobody's place in a queue is in the data", run.Error, StringComparison.Ordinal);
        Assert.Equal(lines.Length - 1, Array.FindIndex(lines, l => l.Contains("lost its mind", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_exception_on_a_thread_of_a_strategys_own_is_one_sentence_that_names_thread_and_unfinished_folder()
    {
        Finished run = RunOwn("ThreadOfItsOwn");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Equal(
            "Nobody caught an exception on the thread 'news reader': InvalidOperationException: The thread lost its mind. Twice. "
            + $"The run is unfinished; what it has written lies in {Path.Combine(_folder, "run.part")}.",
            Fault(run));
        Assert.True(Directory.Exists(Path.Combine(_folder, "run.part")));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7, 7)]
    public void A_process_that_a_strategy_ends_says_that_its_run_is_unfinished_and_never_ends_with_code_0(int asked, int expected)
    {
        Finished run = RunOwn("Quitter", "--set", $"code={asked}");
        Assert.Equal(expected, run.ExitCode);
        Assert.Equal("", run.Output);
        string said = Fault(run);
        Assert.Contains("ended before the run was", said, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder, "run.part"), said, StringComparison.Ordinal);
    }

    /// <summary>The last line of the error stream; those ahead of it are what the run assumed.</summary>
    private static string Fault(Finished run) => run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Trim();

    private Finished RunOwn(string strategy, params string[] more)
    {
        string library = Path.Combine(AppContext.BaseDirectory, "MiniTrader.EndToEnd.dll");
        return MiniTraderProcess.Run(
            _folder, ["backtest", "--strategy", $"{library}:{strategy}", "--data", "generated:rows=5000,instruments=1", "--json", "--out", "run", .. more]);
    }

    [Fact]
    public void Control_C_stops_a_run_cleanly_and_its_folder_is_complete()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        using Process process = MiniTraderProcess.Start(
            _folder, [MiniTraderProcess.Program, "backtest", "--strategy", "EmaCross", "--data", "generated:rows=2000000000", "--json", "--out", "run"]);

        // The run is under way once its orders have reached the journal.
        for (int i = 0; i < 600 && !IsTrading() && !process.HasExited; i++) Thread.Sleep(50);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"])) kill.WaitForExit();
        Finished run = MiniTraderProcess.Finish(process);

        Assert.True(run.ExitCode == 1, $"Exit code {run.ExitCode}: {run.Error}");
        Assert.Contains("The run was stopped", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(run.Json.GetProperty("folder").GetString()!, "summary.json")));

        bool IsTrading()
        {
            FileInfo journal = new(Path.Combine(_folder, "run.part", "journal", "journal.bin.part"));
            return journal.Exists && journal.Length > 0;
        }
    }
}
