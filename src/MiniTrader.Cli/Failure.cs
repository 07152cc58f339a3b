using MiniTrader.Sessions;
using MiniTrader.TickStore;

namespace MiniTrader.Cli;

/// <summary>Turns what went wrong into one sentence on the error stream and an exit code.</summary>
internal static class Failure
{
    /// <summary>Set to 1, it adds the stack trace.</summary>
    public const string TraceVariable = "MINITRADER_TRACE";

    public static int Show(Exception exception)
    {
        int code = CodeOf(exception);
        Show(SentenceOf(exception), code);
        if (Environment.GetEnvironmentVariable(TraceVariable) == "1") Console.Error.WriteLine(exception);
        return code;
    }

    public static int Show(string sentence, int code)
    {
        bool isColoured = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
        if (isColoured) Console.ForegroundColor = ConsoleColor.Red;
        Console.Error.WriteLine(sentence);
        if (isColoured) Console.ResetColor();
        return code;
    }

    /// <summary>Bad input is what a user can mend in the command, the config or the data; the rest is the run's own failure.</summary>
    internal static int CodeOf(Exception exception) => exception is
        ArgumentException or FormatException or TickDataException or TickFileException or InvalidDataException or IOException or UnauthorizedAccessException
        ? ExitCode.BadInput
        : ExitCode.Failed;

    internal static string SentenceOf(Exception exception)
    {
        string text = exception.Message;
        if (exception is ArgumentException { ParamName: { } name }) text = text.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal);

        // One line: a message of several would look like several.
        text = string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return CodeOf(exception) == ExitCode.BadInput || exception is SessionFaultException ? text : $"The run failed ({exception.GetType().Name}): {text}";
    }
}
