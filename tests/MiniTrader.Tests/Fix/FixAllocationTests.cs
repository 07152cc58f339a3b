using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>A message parsed, validated and written, an order sent and filled: nothing of it takes managed memory.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class FixAllocationTests
{
    private const int Rounds = 2_000;

    [Fact]
    public void Parsing_validating_and_writing_allocate_nothing()
    {
        FixDictionary dictionary = SampleDictionary.Load();
        FixParser parser = new(dataFields: dictionary.DataFields);
        MessageValidator validator = new(dictionary);
        byte[] good = FixText.Message("35=D|34=2|52=20261122-10:00:00|11=id|55=SPY|54=1|453=2|448=p|452=1|802=1|523=a|448=q|452=2|44=1.5|");
        byte[] bad = FixText.Message("35=D|34=2|52=20261122-10:00:00|11=id|55=SPY|54=9|");
        byte[] garbled = FixText.Bytes("8=FIX.4.4|9=20|35=0|10=000|");
        byte[] text = new byte[ValidationResult.TextBytesMax];
        byte[] buffer = new byte[1024];
        HeaderTemplate header = new("FIX.4.4", [(49, "A"), (56, "B")]);
        Timestamp now = FakeVenue.Start;
        Allocations.ExpectNone(Rounds, () =>
        {
            now += 300_000_000;
            bool isRight = parser.Parse(good, out FixMessage message, out _) == ParseStatus.Message && validator.Validate(in message).IsOk;
            isRight &= message.Fields.GetPrice(Tags.Price, out Price price) == FieldStatus.Ok && price.Raw == 1_500_000_000;
            isRight &= parser.Parse(bad, out message, out _) == ParseStatus.Message && validator.Validate(in message).WriteText(text) > 0;
            isRight &= parser.Parse(garbled, out _, out _) != ParseStatus.Message;
            FixWriter writer = new(buffer, header);
            writer.Begin(MsgTypes.NewOrderSingle, 7, now);
            writer.Decimal(Tags.Price, price);
            writer.Text(Tags.Symbol, "SPY");
            writer.Time(Tags.TransactTime, now);
            isRight &= !writer.End().IsEmpty;
            if (!isRight) throw new InvalidOperationException("The codec did not do its work.");
        });
    }

    [Fact]
    public void An_order_out_and_its_fill_in_allocate_nothing_on_the_venue_side()
    {
        WireInstruments names = new(new InstrumentTable([new Instrument { Symbol = "SPY", Venue = "X" }]));
        using FixOrders orders = new(new FixVenueOptions { Dialect = FixDialects.Fix44, Instruments = names, OrderPrefix = "R1", Orders = 64 });
        FakeVenue venue = new(orders, FixDialects.Fix44);
        venue.Connect();
        FixParser parser = new();
        OrderCommand command = new()
        {
            Kind = CommandKind.New,
            ClientOrderId = ClientOrderId.Create(1, 1),
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Quantity = Quantity.FromUnits(1_000_000_000),
            LimitPrice = Price.Parse("450"),
        };
        int execution = 0, fills = 0;
        byte[] nameText = new byte[ClOrdIdText.BytesMax];
        string name = FixText.Show(nameText.AsSpan(0, new ClOrdIdText("R1").Write(nameText, command.ClientOrderId, 0)));
        byte[] fill = FixText.Message($"35=8|37=V7|17=10000000|150=F|39=1|11={name}|54=1|31=450|32=1|151=0|");
        int idAt = fill.AsSpan().IndexOf("17=10000000"u8) + 3;
        orders.Venue.Submit(in command);
        orders.DoWork(venue.Now);
        Allocations.ExpectNone(Rounds, () =>
        {
            // Each fill has a number of its own, and the checksum that belongs to it.
            execution++;
            for (int i = 0, rest = execution; i < 7; i++, rest /= 10) fill[idAt + 7 - i] = (byte)('0' + (rest % 10));
            byte sum = Checksum.Of(fill.AsSpan(0, fill.Length - 7));
            (fill[^4], fill[^3], fill[^2]) = ((byte)('0' + (sum / 100)), (byte)('0' + (sum / 10 % 10)), (byte)('0' + (sum % 10)));
            if (parser.Parse(fill, out FixMessage message, out _) != ParseStatus.Message) throw new InvalidOperationException("The fill is no message.");
            orders.OnMessage(venue.Ours, in message);
            while (orders.Venue.TryTake(venue.Now, out ExecutionReport taken)) fills += taken.Kind == ReportKind.Fill ? 1 : 0;
        });
        Assert.Equal(execution, fills);
    }
}
