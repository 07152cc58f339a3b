using MiniTrader.Engine;
using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Sessions;

/// <summary>
/// What an entry of a journal says, as names and values: text, whole numbers, decimals. A price, time or reference that an entry does not have is left
/// out. Cold: for people who read journals.
/// </summary>
public sealed class JournalFields
{
    /// <summary>Divided by it, a decimal loses the zeros at its end.</summary>
    private const decimal WithoutZeros = 1.0000000000000000000000000000m;

    private readonly List<KeyValuePair<string, object>> _fields = [];
    private readonly IReadOnlyList<string> _instruments;
    private readonly IReadOnlyList<string> _strategies;

    /// <param name="instruments">Names of the run's instruments; where there are none, entries have their numbers.</param>
    /// <param name="strategies">Names of the run's strategies, likewise.</param>
    public JournalFields(IReadOnlyList<string> instruments, IReadOnlyList<string> strategies) => (_instruments, _strategies) = (instruments, strategies);

    /// <summary>The fields of the entry that was read last: <c>time</c>, <c>event</c> (market events taken in before it), <c>entry</c>, then its own. The list is used again.</summary>
    /// <exception cref="InvalidDataException">It holds what no entry can, such as a number that is none.</exception>
    public IReadOnlyList<KeyValuePair<string, object>> Of(JournalReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        try
        {
            return Read(reader);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException or FormatException or IndexOutOfRangeException or InvalidOperationException)
        {
            throw new InvalidDataException($"{reader.Path} is damaged ahead of byte {reader.Offset}: an entry holds what cannot be. What was read before is sound.", e);
        }
    }

    private List<KeyValuePair<string, object>> Read(JournalReader reader)
    {
        _fields.Clear();
        ref readonly JournalSlot head = ref reader.Head;
        if (head.IsMarket)
        {
            AddMarket(in head.Market);
            return _fields;
        }

        Add("time", head.Time.ToString());
        Add("event", head.Number);
        Add("entry", Word(head.Kind));
        switch (head.Kind)
        {
            case JournalKind.Command: AddCommand(in reader.Payload<OrderCommand>(), (ReasonCode)head.Code); break;
            case JournalKind.Report: AddReport(in reader.Payload<ExecutionReport>()); break;
            case JournalKind.Equity: AddEquity(in reader.Payload<EquityPayload>().Snapshot); break;
            case JournalKind.Entry: AddEntry(in reader.Payload<LedgerEntry>()); break;
            case JournalKind.Denial: AddDenial(in reader.Payload<DenialPayload>()); break;
            case JournalKind.Timer: AddTimer(head); break;
            default: AddMark(head); break;
        }

        return _fields;
    }

    private void AddCommand(in OrderCommand command, ReasonCode denial)
    {
        Add("command", Word(command.Kind));
        AddOrder(command.ClientOrderId);
        AddOwner(command.Strategy, command.Instrument);
        if (command.Cause != CommandCause.Strategy) Add("cause", Word(command.Cause));
        if (denial != ReasonCode.None) Add("denied", Word(denial));
        if (command.Side != OrderSide.None) Add("side", Word(command.Side));
        if (command.Kind is CommandKind.Cancel or CommandKind.CancelAll) return;
        Add("type", Word(command.Type));
        Add("quantity", command.Quantity.ToDecimal());
        AddPrice("limit", command.LimitPrice);
        AddPrice("stop", command.StopPrice);
        AddPrice("offset", command.Offset);
        Add("tif", Word(command.TimeInForce));
        if (command.TimeInForce == TimeInForce.Gtd) Add("expires", command.ExpireTime.ToString());
        if (command.Flags != OrderFlags.None) Add("flags", command.Flags.ToString().Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant());
        if (!command.DisplayQuantity.IsZero) Add("display", command.DisplayQuantity.ToDecimal());
        if (!command.Parent.IsNone) Add("parent", command.Parent.Sequence);
        if (command.Contingency != Contingency.None) Add("contingency", Word(command.Contingency));
        if (command.ListCount > 0) Add("list", (long)command.ListCount);
        if (command.Tag != 0) Add("tag", (long)command.Tag);
    }

    private void AddReport(in ExecutionReport report)
    {
        Add("report", Word(report.Kind));
        AddOrder(report.ClientOrderId);
        AddOwner(report.Strategy, report.Instrument);
        if (report.VenueTime != report.ReceivedTime) Add("venueTime", report.VenueTime.ToString());
        if (report.Side != OrderSide.None) Add("side", Word(report.Side));
        if (!report.LastQuantity.IsZero)
        {
            Add("quantity", report.LastQuantity.ToDecimal());
            Add("price", report.LastPrice.ToDecimal());
            Add("liquidity", Word(report.Liquidity));
            Add("cause", Word(report.Cause));
            if (report.CauseId != 0) Add("causeId", report.CauseId);
            if (report.Fee != 0m) Add("fee", report.Fee);
        }

        Add("filled", report.Filled.ToDecimal());
        Add("leaves", report.Leaves.ToDecimal());
        if (report.Reason != ReasonCode.None) Add("reason", Word(report.Reason));
    }

    private void AddEquity(in AccountSnapshot account)
    {
        Add("equity", account.Equity);
        Add("cash", account.Cash);
        Add("realised", account.Realised);
        Add("unrealised", account.Unrealised);
        Add("fees", account.Fees);
        Add("income", account.Income);
    }

    private void AddEntry(in LedgerEntry entry)
    {
        Add("booking", Word(entry.Kind));
        AddOwner(entry.Strategy, entry.Instrument);
        Add("before", entry.QuantityBefore.ToDecimal());
        Add("after", entry.QuantityAfter.ToDecimal());
        AddPrice("price", entry.Price);
        Add("amount", entry.Amount);
    }

    private void AddDenial(in DenialPayload denial)
    {
        Add("denied", Word(denial.Code));
        Add("command", Word(denial.Kind));
        AddOrder(denial.Order);
        AddOwner(denial.Strategy, denial.Instrument);
        Add("limit", denial.Limit);
        Add("value", denial.Value);
    }

    private void AddTimer(JournalSlot head)
    {
        Add("strategy", NameOf(_strategies, head.Code));
        Add("timer", head.A);
    }

    private void AddMark(JournalSlot head)
    {
        Add("instrument", NameOf(_instruments, head.Instrument.Index));
        Add("price", new Price(head.A).ToDecimal());
    }

    private void AddMarket(in MarketEvent e)
    {
        Add("time", e.Header.DueTime.ToString());
        Add("entry", "market");
        Add("kind", Word(e.Header.Kind));
        Add("instrument", NameOf(_instruments, e.Header.Instrument.Index));
        Add("venueTime", e.Header.VenueTime.ToString());
        Add("receivedTime", e.Header.ReceivedTime.ToString());
        switch (e.Header.Kind)
        {
            case EventKind.Quote:
                AddSide("bid", e.Quote.Bid, e.Quote.BidSize);
                AddSide("ask", e.Quote.Ask, e.Quote.AskSize);
                break;
            case EventKind.Trade:
                Add("price", e.Trade.Price.ToDecimal());
                Add("size", e.Trade.Size.ToDecimal());
                Add("aggressor", Word(e.Trade.Aggressor));
                break;
            case EventKind.Bar:
                Add("interval", e.Bar.Interval.ToString());
                Add("open", e.Bar.Open.ToDecimal());
                Add("high", e.Bar.High.ToDecimal());
                Add("low", e.Bar.Low.ToDecimal());
                Add("close", e.Bar.Close.ToDecimal());
                Add("volume", e.Bar.Volume.ToDecimal());
                break;
            case EventKind.BookDelta:
                Add("action", Word(e.BookDelta.Action));
                Add("side", Word(e.BookDelta.Side));
                Add("price", e.BookDelta.Price.ToDecimal());
                Add("size", e.BookDelta.Size.ToDecimal());
                if (e.BookDelta.OrderId != 0) Add("orderId", e.BookDelta.OrderId);
                break;
            case EventKind.Status:
                Add("status", Word(e.Status.Status));
                break;
            case EventKind.CorporateAction:
                Add("action", Word(e.Action.Kind));
                break;
        }
    }

    private void AddSide(string name, Price price, Quantity size)
    {
        if (price.IsZero && size.IsZero) return;
        Add(name, price.ToDecimal());
        Add(name + "Size", size.ToDecimal());
    }

    private void AddOrder(ClientOrderId id)
    {
        if (!id.IsNone) Add("order", id.Sequence);
    }

    private void AddOwner(StrategyId strategy, InstrumentId instrument)
    {
        Add("strategy", NameOf(_strategies, strategy.Index));
        if (!instrument.IsNone) Add("instrument", NameOf(_instruments, instrument.Index));
    }

    private void AddPrice(string name, Price price)
    {
        if (!price.IsZero) Add(name, price.ToDecimal());
    }

    private void Add(string name, object value) => _fields.Add(new(name, value is decimal number ? new decimal(decimal.GetBits(number)) / WithoutZeros : value));

    private static string NameOf(IReadOnlyList<string> names, int index) => index >= 0 && index < names.Count ? names[index] : $"#{index}";

    /// <summary>Words of this program in lower case; a value that there is no word for, in a damaged file, as its number.</summary>
    private static string Word<T>(T value)
        where T : struct, Enum => string.Concat(value.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
