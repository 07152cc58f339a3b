using System.Globalization;
using System.Text;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>What is traded here and whether it is: security lists and the status of the trading session. The matching thread owns it.</summary>
internal sealed class SecurityDesk
{
    private const int PerMessage = 20;

    private static readonly byte[] _session = "DAY"u8.ToArray();

    private readonly SymbolTable _symbols;
    private readonly ExecutionWriter _writer;
    private readonly MarketReplay _market;
    private readonly int _outputBytes;
    private readonly byte[][] _venues, _currencies, _texts;
    private long _responses;

    public SecurityDesk(SymbolTable symbols, ExecutionWriter writer, MarketReplay market, int outputBytes)
    {
        (_symbols, _writer, _market, _outputBytes) = (symbols, writer, market, outputBytes);
        _venues = [.. symbols.Instruments.Select(i => Encoding.UTF8.GetBytes(i.Venue))];
        _currencies = [.. symbols.Instruments.Select(i => Encoding.UTF8.GetBytes(i.Currency.ToString()))];

        // FIX 4.4 has no field for the tick size in a security list.
        _texts = [.. symbols.Instruments.Select(i => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"tick={i.TickSize} lot={i.LotSize}")))];
    }

    /// <summary>All instruments, or one; in several messages where they are many, as far as there is room at a time.</summary>
    public MessageVerdict List(ExchangeClient client, in FixMessage message)
    {
        FieldView fields = message.Fields;
        bool isAll = fields.GetInt(Tags.SecurityListRequestType, out long type) == FieldStatus.Ok && type == 4;
        InstrumentId one = isAll ? InstrumentId.None : OneOf(type, fields);
        if (!isAll && one.IsNone)
        {
            const int notFound = 2;
            SendList(client, fields, notFound, 0, 0);
            return MessageVerdict.Accepted;
        }

        int end = isAll ? _venues.Length : one.Index + 1;
        if (!isAll) client.ListCursor = one.Index;
        while (client.ListCursor < end)
        {
            if (client.IsBehind(_outputBytes)) return MessageVerdict.Busy;
            int count = Math.Min(PerMessage, end - client.ListCursor);
            SendList(client, fields, 0, client.ListCursor, count, isAll ? end : 1, client.ListCursor + count == end);
            client.ListCursor += count;
        }

        client.ListCursor = 0;
        return MessageVerdict.Accepted;

        InstrumentId OneOf(long type, scoped FieldView fields) => type == 0 ? _symbols.Find(fields) : InstrumentId.None;
    }

    public MessageVerdict SessionStatus(ExchangeClient client, in FixMessage message)
    {
        FieldView fields = message.Fields;
        fields.GetChar(Tags.SubscriptionRequestType, out char type);
        client.WantsSessionStatus = type == '1';
        if (type != '2') SendStatus(client, fields.Get(Tags.TradSesReqID));
        return MessageVerdict.Accepted;
    }

    /// <summary>Tells all who asked to hear of changes.</summary>
    public void SayStatus(IReadOnlyList<ExchangeClient> clients)
    {
        for (int i = 0; i < clients.Count; i++)
        {
            if (clients[i].WantsSessionStatus) SendStatus(clients[i], default);
        }
    }

    private void SendStatus(ExchangeClient client, scoped ReadOnlySpan<byte> request)
    {
        FixWriter status = client.Session.Begin(MsgTypes.TradingSessionStatus);
        if (!_market.HasBegun) status.Text(Tags.Text, "The market has not begun."u8);
        else if (_market.IsOver) status.Text(Tags.Text, "The market is over: its data has ended."u8);
        if (!request.IsEmpty) status.Text(Tags.TradSesReqID, request);
        status.Text(Tags.TradingSessionID, _session);
        status.Char(Tags.TradSesStatus, !_market.HasBegun ? '4' : _market.IsOver ? '3' : '2');
        _writer.Finish(client, ref status);
    }

    private void SendList(ExchangeClient client, scoped FieldView request, int result, int first, int count, int total = 0, bool isLast = true)
    {
        FixWriter list = client.Session.Begin(MsgTypes.SecurityList);
        list.Text(Tags.SecurityReqID, request.Get(Tags.SecurityReqID));
        list.Int(Tags.SecurityResponseID, ++_responses);
        list.Int(Tags.SecurityRequestResult, result);
        list.Int(Tags.TotNoRelatedSym, total);
        list.Bool(Tags.LastFragment, isLast);
        if (count > 0) list.Int(Tags.NoRelatedSym, count);
        for (int i = first; i < first + count; i++)
        {
            Instrument instrument = _symbols.Instruments[i];
            list.Text(Tags.Symbol, _symbols[new InstrumentId(i)]);
            list.Text(Tags.SecurityExchange, _venues[i]);
            if (instrument.Multiplier != 1m) list.Decimal(Tags.ContractMultiplier, Price.FromDecimal(instrument.Multiplier));
            list.Text(Tags.Currency, _currencies[i]);
            list.Decimal(Tags.RoundLot, instrument.LotSize);
            list.Text(Tags.Text, _texts[i]);
        }

        _writer.Finish(client, ref list);
    }
}
