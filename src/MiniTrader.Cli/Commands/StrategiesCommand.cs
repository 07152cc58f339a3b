using System.CommandLine;
using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary><c>strategies</c>: the strategies that can be named, with their settings.</summary>
internal static class StrategiesCommand
{
    public static Command Create(Func<StrategyLibrary> library)
    {
        Command command = new("strategies", "Lists the strategies that can be named, and their settings with defaults.");
        command.SetAction(_ =>
        {
            // A terminal that says nothing of its width says zero.
            int columns = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? StrategyListing.UsualWidth : Console.WindowWidth;
            foreach (Type type in library().Types) StrategyListing.Write(type, Console.Out, columns);
            return ExitCode.Done;
        });
        HelpExamples.Add(command, ("Every sample and its settings", "strategies"));
        return command;
    }
}
