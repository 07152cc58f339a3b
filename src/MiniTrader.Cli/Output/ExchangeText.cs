using System.Globalization;
using System.Text.Json;
using MiniTrader.Sessions;

namespace MiniTrader.Cli;

/// <summary>What an exchange says to people and scripts: where it listens, and what it has done.</summary>
internal static class ExchangeText
{
    public static void WriteOpen(ExchangeSession exchange, bool isJson)
    {
        ExchangeOptions options = exchange.Options;
        if (options.SettingsFile is not null)
            Console.Out.WriteLine(isJson ? Invariant($"{{\"port\":{exchange.Port}}}") : Invariant($"The exchange listens on port {exchange.Port} for the sessions of {options.SettingsFile}."));
        else if (isJson)
            Console.Out.WriteLine(Invariant($"{{\"host\":{Quoted(options.Host)},\"port\":{exchange.Port},\"compId\":{Quoted(options.CompId)},\"dropCopy\":{Quoted(options.DropCopy)}}}"));
        else
            Console.Out.WriteLine(Invariant($"{options.CompId} listens on {options.Host}:{exchange.Port} for FIX 4.2 and 4.4, any SenderCompID; {options.DropCopy} hears all executions. Ctrl-C ends it."));
        Console.Out.Flush();
    }

    public static void WriteClosed(ExchangeCounts counts, bool isJson)
    {
        Console.Out.WriteLine(isJson
            ? Invariant($"{{\"clients\":{counts.Clients},\"orders\":{counts.Orders},\"executions\":{counts.Executions},\"fills\":{counts.Fills},\"marketEvents\":{counts.MarketEvents},\"slowDisconnects\":{counts.SlowDisconnects},\"refused\":{counts.Refused}}}")
            : Invariant($"{Some(counts.Orders, "order")}, {Some(counts.Executions, "execution report")}, {Some(counts.Fills, "fill")}, {Some(counts.MarketEvents, "market event")}."));
    }

    private static string Some(long count, string what) => Invariant($"{count:N0} {what}{(count == 1 ? "" : "s")}");

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
