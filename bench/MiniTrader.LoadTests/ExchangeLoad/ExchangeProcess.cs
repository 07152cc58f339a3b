using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MiniTrader.LoadTests;

/// <summary><c>minitrader exchange</c> as a process of its own, on a port that it chooses. It is ended as an operator ends it, by SIGTERM.</summary>
internal sealed class ExchangeProcess : IDisposable
{
    private readonly Process _process;

    public ExchangeProcess(string program, params string[] options)
    {
        string[] arguments = ["exchange", "--port", "0", "--json", .. options];
        ProcessStartInfo start = program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? new("dotnet", [program, .. arguments]) : new(program, arguments);
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{program} ended before it listened.");
        using JsonDocument json = JsonDocument.Parse(line);
        Port = json.RootElement.GetProperty("port").GetInt32();
    }

    public int Port { get; }

    public double MegabytesMax
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64 / 1e6;
        }
    }

    /// <summary>Ends it; the answer is what it says that it did.</summary>
    public JsonElement Stop()
    {
        using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        string said = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        using JsonDocument json = JsonDocument.Parse(said.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
        return json.RootElement.Clone();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
