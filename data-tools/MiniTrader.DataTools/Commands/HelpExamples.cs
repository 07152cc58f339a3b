using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MiniTrader.DataTools;

/// <summary>Puts examples below a command's help.</summary>
internal static class HelpExamples
{
    /// <param name="command">Whose help it is.</param>
    /// <param name="examples">Arguments as they stand behind the program's name.</param>
    public static void Add(Command command, params string[] examples)
    {
        HelpOption? help = command.Options.OfType<HelpOption>().FirstOrDefault();
        if (help is null) command.Options.Add(help = new HelpOption());
        help.Action = new WithExamples((HelpAction)help.Action!, examples);
    }

    private sealed class WithExamples(HelpAction usual, string[] examples) : SynchronousCommandLineAction
    {
        /// <summary>Who asks for help has not given everything that the command needs.</summary>
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = usual.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (string arguments in examples) output.WriteLine($"  minitrader-data {arguments}");
            output.WriteLine();
            return code;
        }
    }
}
