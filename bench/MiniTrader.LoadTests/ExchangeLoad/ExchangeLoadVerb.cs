using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace MiniTrader.LoadTests;

/// <summary>The command <c>exchange-load</c>.</summary>
internal static class ExchangeLoadVerb
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    private static readonly Option<string> _program = new("--program") { Description = "The minitrader program: the published executable, or minitrader.dll.", Required = true };
    private static readonly Option<int> _clients = new("--clients") { Description = "Clients that send at once.", DefaultValueFactory = _ => 200 };
    private static readonly Option<int> _seconds = new("--seconds") { Description = "How long they send.", DefaultValueFactory = _ => 180 };
    private static readonly Option<int> _window = new("--window") { Description = "Orders that each client keeps under way.", DefaultValueFactory = _ => 4 };

    public static Command Create()
    {
        Command command = new("exchange-load", "Clients that send to minitrader exchange all at once, and a drop copy that must agree with them to the last message.")
        {
            _program, _clients, _seconds, _window,
        };
        command.SetAction(parsed =>
        {
            int clients = Math.Clamp(parsed.GetValue(_clients), 1, 4_000);
            return Measure(parsed.GetValue(_program)!, clients, parsed.GetValue(_seconds), Math.Max(1, parsed.GetValue(_window)), parsed.GetValue(ReportOptions.Json));
        });
        return command;
    }

    private static int Measure(string program, int count, int seconds, int window, bool json)
    {
        using ExchangeProcess exchange = new(program, "--clients", $"{count}", "--data", "generated:instruments=1,rows=5000000,days=1");
        using LoadClients clients = new(exchange.Port, count, window);
        Await(() => clients.AreLoggedOn, clients, "the logon of all");
        long start = Stopwatch.GetTimestamp();
        clients.Send(true);
        List<double> rates = [];
        for (int second = 0; second < seconds && clients.Fault is null; second++)
        {
            long before = clients.Heard, at = Stopwatch.GetTimestamp();
            Thread.Sleep(1_000);
            rates.Add((clients.Heard - before) / Stopwatch.GetElapsedTime(at).TotalSeconds);
        }

        clients.Send(false);
        Await(() => clients.AreDone, clients, "the end of all orders");
        double sent = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Await(() => clients.Copied >= clients.Heard, clients, "the drop copy's last message");
        double megabytes = exchange.MegabytesMax;
        JsonElement said = exchange.Stop();
        ClientTally own = clients.Own.Aggregate((a, b) => a + b), copy = clients.Copy.Aggregate((a, b) => a + b);
        bool agrees = clients.Own.SequenceEqual(clients.Copy) && clients.Lost == count + 1
            && said.GetProperty("orders").GetInt64() == clients.Orders && said.GetProperty("executions").GetInt64() == own.Reports
            && said.GetProperty("fills").GetInt64() == own.Fills && said.GetProperty("slowDisconnects").GetInt64() == 0;
        Console.WriteLine($"{"",-14} {"reports",12} {"fills",12} {"filled",14} {"cancelled",12} {"replaced",12} {"refused",10}");
        PrintLine("clients", own);
        PrintLine("drop copy", copy);
        Console.WriteLine($"{"exchange",-14} {said.GetProperty("executions").GetInt64(),12:N0} {said.GetProperty("fills").GetInt64(),12:N0}   of {said.GetProperty("orders").GetInt64():N0} orders");
        Console.WriteLine(agrees ? "All agree, client by client, to the last message." : "THEY DO NOT AGREE.");
        new LoadTestReport
        {
            Test = "exchange-load",
            About = $"{count} clients sent {clients.Orders:N0} orders in {sent:N0} s, {window} under way each; execution reports per second that they heard, and as many went to the drop copy. "
                + $"The exchange took {megabytes:N0} MB at most.",
            EventsPerSecond = own.Reports / sent,
            Rates = [Rate.Of("execution reports, second by second", rates)],
            Percentiles = Percentiles.Of(clients.Answers),
            Latencies = new Dictionary<string, Percentiles> { ["order to first report, under this load"] = Percentiles.Of(clients.Answers) },
        }.Print(Console.Out, json);
        return agrees ? 0 : 1;
    }

    private static void PrintLine(string name, in ClientTally tally) => Console.WriteLine(
        $"{name,-14} {tally.Reports,12:N0} {tally.Fills,12:N0} {tally.FilledRaw / 1_000_000_000,14:N0} {tally.Cancelled,12:N0} {tally.Replaced,12:N0} {tally.Refused,10:N0}");

    private static void Await(Func<bool> condition, LoadClients clients, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (clients.Fault is { } fault) throw new InvalidOperationException("The clients' thread ended.", fault);
            if (Stopwatch.GetElapsedTime(start) > _patience) throw new TimeoutException($"There was no {what} within {_patience.TotalSeconds:N0} s: {clients.Heard} reports heard, {clients.Copied} copied.");
            Thread.Sleep(10);
        }
    }
}
