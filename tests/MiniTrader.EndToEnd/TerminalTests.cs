using System.Diagnostics;
using Xunit;

namespace MiniTrader.EndToEnd;

/// <summary>What a person at a terminal sees; <c>script</c> plays the terminal.</summary>
public sealed class TerminalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_terminal_gets_groups_in_colour_and_paths_in_one_piece()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "The program 'script' of util-linux is not here.");
        string command = $"stty cols 140 rows 50; dotnet '{MiniTraderProcess.Program}' backtest --strategy EmaCross --data generated:rows=20000 --out '{_folder.Path}/run'";
        ProcessStartInfo start = new("/usr/bin/script", ["-qec", command, "/dev/null"])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        start.Environment.Remove("CI");
        Finished run = MiniTraderProcess.Finish(Process.Start(start)!);

        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        Assert.Contains('\u001b', run.Output);
        foreach (string expected in (string[])["Result", "Risk", "Trades", "Net profit", $"{_folder.Path}/run/report.html"])
            Assert.Contains(expected, run.Output, StringComparison.Ordinal);

        // What the run assumes stands above its figures, once.
        int assumed = run.Output.IndexOf("place in a queue is in the data", StringComparison.Ordinal);
        Assert.True(assumed >= 0 && assumed < run.Output.IndexOf("Net profit", StringComparison.Ordinal), run.Output);
        Assert.Equal(assumed, run.Output.LastIndexOf("place in a queue is in the data", StringComparison.Ordinal));

        // They are written where the bar is: what it showed is erased first, and does not stand behind the end of a shorter line.
        Assert.Matches("\u001b\\[0J(\u001b\\[[0-9;]*m)*Nobody's place in a queue", run.Output);
    }
}
