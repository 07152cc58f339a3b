using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit;

namespace MiniTrader.EndToEnd.Fix.Cpp;

/// <summary>
/// The program of <c>counterparty.cpp</c>, compiled once in the test run and started as a process. Where there is no g++ or no QuickFIX for C++, the test that
/// asks for it is skipped.
/// </summary>
internal sealed class CppCounterparty : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(20);
    private static readonly Lazy<(string? Program, string Why)> _build = new(Build);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly List<string> _seen = [];

    private CppCounterparty(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text) _lines.Add(text);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static CppCounterparty Start(string role, string folder, int port, string extra = "")
    {
        (string? program, string why) = _build.Value;
        Assert.SkipWhen(program is null, why);
        string settings = Path.Combine(folder, "counterparty.cfg");
        string us = role == "acceptor" ? "VENUE" : "CLIENT", them = role == "acceptor" ? "CLIENT" : "VENUE";
        File.WriteAllText(settings, $"""
            [DEFAULT]
            ConnectionType={role}
            BeginString=FIX.4.4
            SenderCompID={us}
            TargetCompID={them}
            StartTime=00:00:00
            EndTime=00:00:00
            HeartBtInt=30
            ReconnectInterval=1
            UseDataDictionary=N
            SocketConnectHost=127.0.0.1
            SocketConnectPort={port}
            SocketAcceptPort={port}
            FileStorePath={Path.Combine(folder, "cpp-store")}
            {extra}
            [SESSION]
            """);
        ProcessStartInfo start = new(program!, [role, settings]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        CppCounterparty party = new(Process.Start(start)!);
        party.Await("READY");
        return party;
    }

    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>The first line from now on that holds all of these parts.</summary>
    public string Await(params string[] parts)
    {
        using CancellationTokenSource limit = new(_limit);
        try
        {
            while (true)
            {
                string line = _lines.Take(limit.Token);
                _seen.Add(line);
                if (parts.All(p => line.Contains(p, StringComparison.Ordinal))) return line;
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No line with {string.Join(", ", parts)} came. These did:\n{string.Join('\n', _seen)}");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _lines.Dispose();
    }

    private static (string? Program, string Why) Build()
    {
        const string missing = "QuickFIX for C++ (libquickfix-dev) or g++ is not installed.";
        string? source = FindSource();
        if (source is null || !File.Exists("/usr/include/quickfix/Session.h")) return (null, missing);
        string program = Path.Combine(AppContext.BaseDirectory, "counterparty");
        try
        {
            // Version 1.15 has exception specifications, which C++17 no longer knows.
            using Process compiler = Process.Start("g++", ["-std=c++14", "-Wno-deprecated", "-o", program, source, "-lquickfix", "-lpthread"]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? (program, "") : throw new InvalidOperationException("counterparty.cpp does not compile.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (null, missing);
        }
    }

    private static string? FindSource()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "tests", "MiniTrader.EndToEnd", "Fix", "Cpp", "counterparty.cpp");
            if (File.Exists(candidate)) return candidate;
        }

        return null;
    }
}
