using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary>How a person or a script sees a run.</summary>
internal interface IRunView
{
    /// <summary>Shows a run while it lasts, and answers its outcome.</summary>
    RunOutcome Watch(Func<IProgress<RunProgress>?, RunOutcome> run);

    /// <summary>Says what the run assumes, before its first event; called within <see cref="Watch"/>.</summary>
    void Begin(RunStart start);

    /// <summary>Shows what came of it, without what was said at the start.</summary>
    void Show(RunOutcome outcome);
}

/// <summary>Picks the view that the console calls for.</summary>
internal static class RunView
{
    // Spectre.Console is loaded only where a person looks on: each view's code is compiled when it is first used.
    public static IRunView Choose(bool json)
    {
        if (json) return new JsonView();
        return Console.IsOutputRedirected ? new PlainView() : new TerminalView();
    }
}
