using System.Diagnostics;

namespace MiniTrader.LoadTests;

/// <summary>Samples the process's resident memory every few milliseconds from a thread of its own and keeps the highest.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _stop = new();
    private long _peak;

    public PeakMemory()
    {
        _thread = new Thread(Sample) { IsBackground = true, Name = "peak memory" };
        _thread.Start();
    }

    public long Bytes => Volatile.Read(ref _peak);

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Sample()
    {
        using Process process = Process.GetCurrentProcess();
        do
        {
            process.Refresh();
            _peak = Math.Max(_peak, process.WorkingSet64);
        }
        while (!_stop.Wait(5));
    }
}
