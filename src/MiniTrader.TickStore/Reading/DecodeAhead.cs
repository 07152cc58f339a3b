namespace MiniTrader.TickStore;

/// <summary>
/// A few threads that read compressed batches before their cursors need them. Shared by the cursors of one feed. Posting and
/// waiting happen once a batch, so a lock is cheap enough; neither allocates.
/// </summary>
internal sealed class DecodeAhead : IDisposable
{
    public const int MaxThreads = 64;

    private readonly object _gate = new();
    private readonly BatchSlot?[] _queue;
    private readonly Thread[] _threads;
    private long _posted;
    private long _taken;
    private bool _isStopped;

    /// <param name="capacity">Slots of all cursors together, so that the queue is never full.</param>
    public DecodeAhead(int threads, int capacity)
    {
        _queue = new BatchSlot?[capacity];
        _threads = new Thread[threads];
        for (int i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = $"tick-decode-{i}" };
            _threads[i].Start();
        }
    }

    public void Post(BatchSlot slot)
    {
        slot.IsPosted = true;
        lock (_gate)
        {
            if (_posted - _taken == _queue.Length) throw new InvalidOperationException("More batches were posted than there are slots.");
            _queue[_posted++ % _queue.Length] = slot;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Returns when the slot's batch was read. Spins a little first: usually it was read long ago.</summary>
    public void WaitFor(BatchSlot slot)
    {
        SpinWait spin = default;
        while (!slot.IsRead && !spin.NextSpinWillYield) spin.SpinOnce();
        if (slot.IsRead) return;
        lock (_gate)
        {
            while (!slot.IsRead) Monitor.Wait(_gate);
        }
    }

    /// <summary>Ends the threads. Cursors have taken back their slots before.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads) thread.Join();
    }

    private void Work()
    {
        while (true)
        {
            BatchSlot slot;
            lock (_gate)
            {
                while (_posted == _taken && !_isStopped) Monitor.Wait(_gate);
                if (_posted == _taken) return;
                slot = _queue[_taken++ % _queue.Length]!;
            }

            slot.Run();
            lock (_gate) Monitor.PulseAll(_gate);
        }
    }
}
