using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace MiniTrader.DataTools;

/// <summary>A progress bar while something runs; nothing at all in a pipe. Advancing is cheap and may be done at any rate.</summary>
public sealed class ToolProgress
{
    private const long RefreshMilliseconds = 100;

    private readonly ProgressTask? _task;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private double _pending;
    private long _shownAt;

    private readonly CancellationToken _stop;

    private ToolProgress(ProgressTask? task, CancellationToken stop) => (_task, _stop) = (task, stop);

    /// <summary>Runs work that reports how much of a total is done.</summary>
    public static void Run(ToolConsole console, string what, double total, Action<ToolProgress> work)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(work);
        if (!console.IsTerminal)
        {
            work(new(null, console.Stop));
            return;
        }

        console.Ansi.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new(context.AddTask(Markup.Escape(what), maxValue: Math.Max(1, total)), console.Stop)));
    }

    /// <exception cref="OperationCanceledException">The job is to end; what it has not finished goes with it.</exception>
    public void Advance(double amount)
    {
        _stop.ThrowIfCancellationRequested();
        if (_task is null) return;
        _pending += amount;
        long now = _clock.ElapsedMilliseconds;
        if (now - _shownAt < RefreshMilliseconds) return;
        _task.Increment(_pending);
        (_pending, _shownAt) = (0, now);
    }

    public void Say(string what)
    {
        if (_task is not null) _task.Description = Markup.Escape(what);
    }

    /// <summary>A rate: <c>5.2 M/s</c>.</summary>
    public static string Rate(double count, TimeSpan elapsed)
    {
        double rate = count / Math.Max(elapsed.TotalSeconds, 1e-9);
        return rate switch
        {
            >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{rate / 1e6:F1} M/s"),
            >= 1e3 => string.Create(CultureInfo.InvariantCulture, $"{rate / 1e3:F1} k/s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{rate:F0}/s"),
        };
    }
}
