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
        Trace(exception);
        return code;
    }

    public static void Trace(Exception exception)
    {
        if (Environment.GetEnvironmentVariable(TraceVariable) == "1") Console.Error.WriteLine(exception);
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
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            // A sentence that quotes the one below it has that one's parameter too.
            if (e is ArgumentException { ParamName: { } name }) text = text.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal);
        }

        text = OneLine(text);
        if (exception is UnauthorizedAccessException) text += " Give this user the right to it, or name another place.";
        return CodeOf(exception) == ExitCode.BadInput || exception is SessionFaultException ? text : $"The run failed ({exception.GetType().Name}): {text}";
    }

    /// <summary>A message of several lines would look like several.</summary>
    internal static string OneLine(string text) =>
        string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
