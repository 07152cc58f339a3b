using System.Runtime.ExceptionServices;

namespace MiniTrader.Ring;

/// <summary>
/// Runs one agent on a named thread of its own, pinned to a core where that is wished. The thread that creates it owns it: starts
/// it, stops it, and gets the agent's exception, if there was one, from <see cref="Stop"/> or <see cref="Join"/>, whichever comes
/// first. <see cref="Wait"/> and <see cref="Dispose"/> throw nothing, so that they mask no exception of the owner's own.
/// </summary>
public sealed class AgentThread : IDisposable
{
    private readonly IAgent _agent;
    private readonly IdleStrategy _idle;
    private readonly int? _core;
    private readonly Action? _onExit;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _isUp = new();
    private volatile bool _stopRequested;
    private volatile ExceptionDispatchInfo? _fault;
    private bool _isStarted;
    private bool _faultWasThrown;

    /// <param name="name">The thread's name, as debuggers and the operating system show it.</param>
    /// <param name="agent">What it runs.</param>
    /// <param name="idle">What it does when the agent had nothing to do.</param>
    /// <param name="core">The core to pin to; null for none. See <see cref="Pinning"/> for what came of it.</param>
    /// <param name="onExit">
    /// Called on the thread when it ends, whatever the reason; the place to complete or alert the rings that others wait on.
    /// </param>
    public AgentThread(string name, IAgent agent, IdleStrategy idle, int? core = null, Action? onExit = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentNullException.ThrowIfNull(idle);
        _agent = agent;
        _idle = idle;
        _core = core;
        _onExit = onExit;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
    }

    public string Name => _thread.Name!;

    /// <summary>What came of pinning; known when <see cref="Start"/> has returned.</summary>
    public PinOutcome Pinning { get; private set; }

    /// <summary>True from <see cref="Start"/> until the thread has ended.</summary>
    public bool IsRunning => _isStarted && _thread.IsAlive;

    /// <summary>The exception that ended the agent, while the owner has yet to collect it and after; null when there is none.</summary>
    public Exception? Fault => _fault?.SourceException;

    /// <summary>Starts the thread and returns when it is up and pinned.</summary>
    public void Start()
    {
        if (_isStarted) throw new InvalidOperationException($"The agent thread '{Name}' was started before; create a new one to run again.");
        _isStarted = true;
        _thread.Start();
        _isUp.Wait();
    }

    /// <summary>
    /// Asks the thread to end after the piece of work at hand and waits for it. An agent that waits on a ring must be woken by that
    /// ring's alert. Rethrows the agent's exception.
    /// </summary>
    public void Stop()
    {
        _stopRequested = true;
        Join();
    }

    /// <summary>Waits like <see cref="Join"/>, but answers the agent's exception instead of throwing it; null when there is none.</summary>
    public Exception? Wait()
    {
        if (_isStarted) _thread.Join();
        return Fault;
    }

    /// <summary>Waits until the agent has finished on its own, or was stopped. Rethrows the agent's exception.</summary>
    public void Join()
    {
        Wait();
        if (_fault is null || _faultWasThrown) return;
        _faultWasThrown = true;
        _fault.Throw();
    }

    /// <summary>Stops the thread. Throws nothing; <see cref="Fault"/> still says what ended the agent.</summary>
    public void Dispose()
    {
        _stopRequested = true;
        Wait();
        _isUp.Dispose();
    }

    private void Run()
    {
        try
        {
            if (_core is int core)
            {
                Thread.BeginThreadAffinity();
                Pinning = CorePinning.TryPinCurrentThread(core);
            }

            _isUp.Set();
            RunDutyCycle();
        }
#pragma warning disable CA1031 // The exception is kept for the owner, who gets it rethrown.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _fault = ExceptionDispatchInfo.Capture(exception);
        }
        finally
        {
            _isUp.Set();
            RunExit();
        }
    }

    private void RunDutyCycle()
    {
        int idleAttempts = 0;
        while (!_stopRequested)
        {
            int work = _agent.DoWork();
            if (work > 0)
            {
                idleAttempts = 0;
                continue;
            }

            if (work == IAgent.Finished) return;
            _idle.Idle(idleAttempts);
            idleAttempts = IdleStrategy.After(idleAttempts);
        }
    }

    private void RunExit()
    {
        try
        {
            _onExit?.Invoke();
        }
#pragma warning disable CA1031 // Kept for the owner as well, unless the agent's own exception came first.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _fault ??= ExceptionDispatchInfo.Capture(exception);
        }
    }
}
