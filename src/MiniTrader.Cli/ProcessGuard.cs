namespace MiniTrader.Cli;

/// <summary>
/// Says in one sentence what would otherwise end the process with a stack trace or with nothing: an exception that nobody caught, on whatever thread, and
/// an end of the process before the run's. Made and disposed by the thread of the command line; the events come on any.
/// </summary>
internal sealed class ProcessGuard : IDisposable
{
    private volatile string? _unfinishedRun;
    private bool _isTold;

    public ProcessGuard()
    {
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>The folder in which a run grows, from its beginning to its end; null while there is none.</summary>
    public string? UnfinishedRun
    {
        get => _unfinishedRun;
        set => _unfinishedRun = value;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
    }

    private void OnUnhandledException(object sender, UnhandledExceptionEventArgs e)
    {
        string thread = Thread.CurrentThread.Name is { Length: > 0 } name ? $"the thread '{name}'" : $"an unnamed thread (number {Environment.CurrentManagedThreadId})";
        Exception? cause = e.ExceptionObject as Exception;
        string text = cause is null ? $"{e.ExceptionObject}" : $"{cause.GetType().Name}: {Failure.OneLine(cause.Message)}";
        _isTold = true;
        Failure.Show($"Nobody caught an exception on {thread}: {text}{Consequence()}", ExitCode.Failed);
        if (cause is not null) Failure.Trace(cause);
        Environment.Exit(ExitCode.Failed);
    }

    private void OnProcessExit(object? sender, EventArgs e)
    {
        if (_isTold || _unfinishedRun is null) return;
        Failure.Show($"The process was ended before the run was, by a call of Environment.Exit or by a signal.{Consequence()}", ExitCode.Failed);
        if (Environment.ExitCode == ExitCode.Done) Environment.ExitCode = ExitCode.Failed;
    }

    private string Consequence() => _unfinishedRun is { } folder ? $" The run is unfinished; what it has written lies in {folder}." : "";
}
