using MiniTrader.Analytics;
using MiniTrader.Books;
using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Ring;
using MiniTrader.Risk;
using MiniTrader.Strategies;

namespace MiniTrader.Sessions;

/// <summary>The sentences that a user should see beside the figures of a run.</summary>
internal static class RunNotes
{
    /// <summary>What is known before the first event: nobody should have to wait for the figures to learn what they rest on.</summary>
    public static List<string> AtStart(SessionData data, VenueOptions venue) => [.. data.Notes, .. Assumed(data.Groups, venue), .. Free(venue)];

    /// <summary>Trading that costs nothing is an assumption as well, and the one that flatters most.</summary>
    private static IEnumerable<string> Free(VenueOptions venue) =>
        venue.Fees == FeeModel.None ? ["Trading is free: no fees are charged (fees=none)."] : [];

    /// <summary>
    /// What the venue assumes. The venue matches each instrument by what its own data has, so that what is said of some names them, and what is said of
    /// all is said once.
    /// </summary>
    internal static IEnumerable<string> Assumed(IReadOnlyList<KindGroup> groups, VenueOptions venue)
    {
        if (groups.Count == 0) return venue.Approximations([]);
        (KindGroup Group, IReadOnlyList<string> Said)[] all = [.. groups.Select(g => (g, venue.Approximations(g.Kinds)))];
        HashSet<string> common = [.. all[0].Said.Where(s => all.All(a => a.Said.Contains(s)))];
        return
        [
            .. all.SelectMany(a => a.Said.Where(s => !common.Contains(s)).Select(s => $"{DataNotes.Names(a.Group.Instruments)}: {s}")),
            .. all[0].Said.Where(common.Contains),
        ];
    }

    /// <summary>What only the run could tell.</summary>
    public static List<string> AtEnd(
        RunConfig config, SessionData data, SimulatedVenue venue, RiskGate risk, TradingEngine<SimulatedVenuePort, RingRecorder> engine, BacktestResult result,
        RunStatistics statistics)
    {
        List<string> notes = [];
        long events = engine.Counters.Events, badEvents = venue.BadEvents;
        if (result.WasCancelled)
        {
            notes.Add(events == 0
                ? "The run was stopped before its first event, so nothing was traded."
                : $"The run was stopped at {engine.Now}, after {events:N0} events; the figures are of that part.");
        }
        else if (events == 0)
        {
            notes.Add("The data held no event, so nothing could be traded.");
        }

        if (engine.InFlightAtEnd > 0)
            notes.Add($"{Some(engine.InFlightAtEnd, "order")} still worked or {(engine.InFlightAtEnd == 1 ? "was on its" : "were on their")} way when the data ended; what arrived met the last prices, the rest expired.");
        if (engine.HasReadQueues && (data.IsApart || venue.Options.ResponseLatency is not { Kind: LatencyKind.Constant, LowNanoseconds: 0 }))
            notes.Add("A strategy asked for the quantity ahead of its orders: the venue answered as of that instant, before its reports and the delayed feed could tell, which is a look ahead that no live venue gives.");
        AddDenials(risk, engine.Ledger.Instruments, notes);
        if (engine.Counters.Denied > risk.Denied)
            notes.Add($"{engine.Counters.Denied - risk.Denied:N0} orders or changes did not leave, because the venue's queue was full (VenueCapacity); raise command-capacity or report-capacity.");
        if (engine.Counters.MarginCalls > 0)
            notes.Add($"The account was called for margin {Some(engine.Counters.MarginCalls, "time")} and positions were liquidated at the market; ledger.arrow says when.");
        if (statistics.MaxDrawdown >= 1) notes.Add("Equity fell to zero or below: this run could not have gone on with real money.");
        if (badEvents > 0) notes.Add($"{badEvents:N0} quotes, trades or bars that cannot be (a size below zero, no price, a bar outside its range) changed nothing at the venue; minitrader-data doctor finds them.");
        AddBooks(engine.Books, notes);
        if (ConfigValue.Read("equity-interval", config.EquityInterval, t => Duration.Parse(t)).Nanoseconds == 0)
            notes.Add("The equity was not sampled on the way (--equity-interval 0): drawdown, volatility, Sharpe, Sortino, exposure and leverage know its beginning and its end and nothing between.");
        else if (statistics.ReturnPeriod is not ReturnPeriod.Day && statistics.ReturnCount > 0)
            notes.Add($"Volatility, Sharpe and Sortino are from {Some(statistics.ReturnCount, "return")} by the {statistics.ReturnPeriod.ToString()!.ToLowerInvariant()}: scaled up to a year from so short a run they forecast nothing.");
        if (engine.Overflowed > 0) notes.Add($"{engine.Overflowed} orders could not be taken, because an order desk or the order table was full.");
        if (engine.Unsent > 0) notes.Add($"{engine.Unsent:N0} orders or changes were written when the data had ended, in OnStop or in answer to the last reports, and were not sent.");
        if (engine.RefusedTimers > 0)
            notes.Add($"{engine.RefusedTimers:N0} timers were not set, because {TimerQueue.Capacity:N0} were: strategies wait for those in vain, and SetTimer and SetInterval answered false.");
        if (config.Core is int core && Pinning(core, result.Pinning) is { } pinning) notes.Add(pinning);
        if (data.Instruments.Count > ReportBuilder.MaxPriceCharts)
            notes.Add($"The report charts the prices of at most {ReportBuilder.MaxPriceCharts} of the {data.Instruments.Count} instruments.");
        return notes;
    }

    private static void AddBooks(MarketBooks books, List<string> notes)
    {
        long crossed = books.CountOf(BookResult.Crossed), over = books.CountOf(BookResult.OverExecuted);
        if (crossed > 0) notes.Add($"{Some(crossed, "change")} of the data left a book crossed, its best bid not below its best ask, as before an auction; it is matched as it is.");
        if (over > 0) notes.Add($"{Some(over, "execution")} in the data {(over == 1 ? "was" : "were")} of more than the order had left, which is gone then.");
        List<string> refused = [.. Enum.GetValues<BookResult>().Where(r => r > BookResult.OverExecuted && books.CountOf(r) > 0).Select(r => $"{books.CountOf(r):N0} {r}")];
        if (refused.Count > 0) notes.Add($"Changes in the data that do not fit their books changed nothing: {string.Join(", ", refused)}.");
        if (books.CountOf(BookResult.Full) > 0) notes.Add("A book had no room for all that the data shows; raise book-levels or book-orders.");
    }

    /// <summary><c>1 order</c>, <c>1,234 orders</c>.</summary>
    private static string Some(long count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";

    private static void AddDenials(RiskGate risk, InstrumentTable instruments, List<string> notes)
    {
        if (risk.Denied == 0) return;
        List<ReasonCode> codes = [.. Enum.GetValues<ReasonCode>().Where(c => risk.DeniedFor(c) > 0)];
        string counts = string.Join(", ", codes.Select(c => $"{risk.DeniedFor(c):N0} {c}"));
        string latest = string.Join("; ", codes.Select(c => risk.LastDenialFor(c).Explain(instruments)));
        notes.Add($"The risk gate denied orders or changes: {counts}. The latest {(codes.Count > 1 ? "of each" : "one")}: {latest}. denials.arrow has all of them.");
    }

    /// <summary>Why a thread is not on its core; null when it is.</summary>
    internal static string? Pinning(int core, PinOutcome outcome) => outcome switch
    {
        PinOutcome.NoSuchCore => $"The engine's thread was not pinned: there is no core {core} that this process may use. Cores are counted from 0.",
        PinOutcome.Refused => $"The engine's thread was not pinned: the system refused core {core}.",
        PinOutcome.Unsupported => $"The engine's thread was not pinned to core {core}: this system has no way to do it.",
        _ => null,
    };
}
