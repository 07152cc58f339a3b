namespace MiniTrader.Cli;

/// <summary>What the process answers.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The run failed, or was stopped before its end.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a file or the data is wrong.</summary>
    public const int BadInput = 2;
}
