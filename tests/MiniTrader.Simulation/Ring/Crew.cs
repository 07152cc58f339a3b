using System.Runtime.ExceptionServices;

namespace MiniTrader.Simulation.Ring;

/// <summary>Runs each part of a test on a thread of its own; the first failure alerts the others through a call-back and is rethrown.</summary>
internal static class Crew
{
    /// <summary>A crew that is not done by then hangs: a wake-up or an event was lost.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public static void Run(Action onFailure, params Action[] parts)
    {
        ExceptionDispatchInfo? first = null;
        var threads = new Thread[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            Action part = parts[i];
            threads[i] = new Thread(() =>
            {
                try
                {
                    part();
                }
                catch (Exception exception)
                {
                    Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(exception), null);
                    onFailure();
                }
            })
            { IsBackground = true };
            threads[i].Start();
        }

        foreach (Thread thread in threads)
        {
            if (thread.Join(_patience)) continue;
            first?.Throw();
            throw new TimeoutException($"A part of the test was still running after {_patience.TotalSeconds} s.");
        }

        first?.Throw();
    }
}
