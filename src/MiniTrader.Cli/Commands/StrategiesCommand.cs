using System.CommandLine;
using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary><c>strategies [FILE.dll]</c>: the strategies that can be named, with their settings.</summary>
internal static class StrategiesCommand
{
    public static Command Create(Func<StrategyLibrary> library)
    {
        Argument<string?> file = new("FILE.dll") { Description = "A library of strategies to list instead of the program's own.", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("strategies", "Lists the strategies that can be named, and their settings with defaults.") { file };
        command.SetAction(parsed =>
        {
            // A terminal that says nothing of its width says zero.
            int columns = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? StrategyListing.UsualWidth : Console.WindowWidth;
            foreach (Type type in parsed.GetValue(file) is { } path ? StrategyLibrary.In(path) : library().Types) StrategyListing.Write(type, Console.Out, columns);
            return ExitCode.Done;
        });
        HelpExamples.Add(command, ("Every sample and its settings", "strategies"), ("Those of a library of your own", "strategies ./MyStrategies.dll"));
        return command;
    }
}
