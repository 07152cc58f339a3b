using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MiniTrader.EndToEnd.Fix;

/// <summary>
/// The echo acceptor as a process of its own, with one port and one session for each lane, so that scripts, which mostly wait for heartbeats, play side
/// by side. Playing starts with the first test of the class that owns it; each test waits for its own script.
/// </summary>
public sealed class FixScriptLanes : IDisposable
{
    private const int Lanes = 12;
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, Task<string?>> _results = [];
    private readonly Process? _process;

    public FixScriptLanes()
    {
        if (Folder is null) return;
        List<string> scripts = [.. Scripts("fix44"), .. Scripts("fix44noreset")];
        List<int> ports = [.. Enumerable.Range(0, Lanes + 1).Select(_ => FreePort.Next())];
        _process = StartEcho(ports);

        // The scripts that wait longest begin first.
        List<string> order = [.. scripts.Where(s => !s.StartsWith("fix44noreset", StringComparison.Ordinal)).OrderBy(s => s.Contains("_SendTestRequest", StringComparison.Ordinal) ? 0 : s.Contains("HeartBtInt", StringComparison.Ordinal) ? 1 : 2)];
        for (int lane = 0; lane < Lanes; lane++) Queue(order.Where((_, i) => i % Lanes == lane), ports[lane]);
        Queue(scripts.Where(s => s.StartsWith("fix44noreset", StringComparison.Ordinal)), ports[Lanes]);
    }

    /// <summary>Where the scripts are; null where there are none.</summary>
    public static string? Folder { get; } = FindFolder();

    public static IEnumerable<string> Scripts(string version) =>
        Folder is null
            ? []
            : Directory.GetFiles(Path.Combine(Folder, version), "*.def").Order(StringComparer.Ordinal).Select(p => version + "/" + Path.GetFileNameWithoutExtension(p));

    /// <summary>Null when the script passed.</summary>
    public Task<string?> ResultOf(string script) => _results[script];

    public void Dispose()
    {
        if (_process is not null)
        {
            _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }

        _folder.Dispose();
    }

    private void Queue(IEnumerable<string> scripts, int port)
    {
        Task<string?> before = Task.FromResult<string?>(null);
        foreach (string script in scripts) _results[script] = before = PlayAfterAsync(before, script, port);
    }

    private static async Task<string?> PlayAfterAsync(Task before, string script, int port)
    {
        await before;

        // The acceptor must have seen the last connection end before the next logon comes.
        await Task.Delay(50);
        return await new FixScript(Path.Combine(Folder!, script + ".def"), port).PlayAsync();
    }

    private Process StartEcho(List<int> ports)
    {
        string settings = Path.Combine(_folder, "echo.cfg");
        File.WriteAllText(settings, $"""
            [DEFAULT]
            ConnectionType=acceptor
            StartTime=00:00:00
            EndTime=00:00:00
            BeginString=FIX.4.4
            SenderCompID=ISLD
            TargetCompID=TW
            FileStorePath=store
            FileLogPath=log
            DataDictionary={Path.Combine(Folder!, "dict", "FIX44.xml")}

            """ + string.Concat(ports.Select((port, lane) => $"""
            [SESSION]
            SessionQualifier=lane{lane}
            SocketAcceptHost=127.0.0.1
            SocketAcceptPort={port}
            ResetOnLogon={(lane < Lanes ? "Y" : "N")}

            """)));
        Process process = MiniTraderProcess.Start(_folder, [Path.Combine(AppContext.BaseDirectory, "MiniTrader.FixEcho.dll"), "--settings", settings]);
        string? ready = process.StandardOutput.ReadLine();
        return ready == "ready" ? process : throw new InvalidOperationException($"The echo acceptor did not start: {ready} {process.StandardError.ReadToEnd()}");
    }

    private static string? FindFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "fix-acceptance");
            if (Directory.Exists(Path.Combine(candidate, "fix44"))) return candidate;
        }

        return null;
    }
}
