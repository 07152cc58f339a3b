using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Scenarios;

/// <summary>Turns the words of a scenario's lines into instruments and market events.</summary>
internal static class ScenarioReader
{
    /// <summary><c>X tick=0.01 lot=1 multiplier=1 class=future session=14:30-21:00 session=1+14:30-1+21:00</c>.</summary>
    public static Instrument Instrument(string[] words)
    {
        Instrument instrument = new() { Symbol = words[0], Venue = "SIM" };
        List<(Timestamp Open, Timestamp Close)> sessions = [];
        foreach (string word in words[1..])
        {
            string[] pair = word.Split('=', 2);
            switch (pair[0])
            {
                case "tick": instrument = instrument with { TickSize = Price.Parse(pair[1]) }; break;
                case "lot": instrument = instrument with { LotSize = Quantity.Parse(pair[1]) }; break;
                case "multiplier": instrument = instrument with { Multiplier = decimal.Parse(pair[1], CultureInfo.InvariantCulture) }; break;
                case "class": instrument = instrument with { AssetClass = Enum.Parse<AssetClass>(pair[1], ignoreCase: true) }; break;
                case "currency": instrument = instrument with { Currency = Currency.Parse(pair[1]) }; break;
                case "expiry": instrument = instrument with { Expiry = ScenarioClock.Parse(pair[1]) }; break;
                case "session":
                    string[] ends = pair[1].Split('-');
                    sessions.Add((ScenarioClock.Parse(ends[0]), ScenarioClock.Parse(ends[1])));
                    break;
                default: throw new FormatException($"'{word}' is nothing that an instrument has.");
            }
        }

        return sessions.Count == 0 ? instrument : instrument with { Sessions = new TradingSessions(sessions) };
    }

    public static MarketEvent MarketEvent(Timestamp time, string verb, string[] words, InstrumentTable table)
    {
        MarketEvent e = default;
        e.Header.VenueTime = e.Header.ReceivedTime = time;
        e.Header.Instrument = table.Find(words[0]);
        e.Header.Flags = EventFlags.ForBoth;
        switch (verb)
        {
            case "quote":
                e.Header.Kind = EventKind.Quote;
                (e.Quote.Bid, e.Quote.BidSize) = Level(words[1]);
                (e.Quote.Ask, e.Quote.AskSize) = Level(words[2]);
                break;
            case "trade":
                e.Header.Kind = EventKind.Trade;
                (e.Trade.Price, e.Trade.Size) = Level(words[1]);
                foreach (string word in words[2..])
                {
                    if (word == "buyer") e.Trade.Aggressor = AggressorSide.Buyer;
                    else if (word == "seller") e.Trade.Aggressor = AggressorSide.Seller;
                    else if (Enum.TryParse(word.Replace("-", "", StringComparison.Ordinal), true, out TradeCondition condition)) e.Trade.Condition = condition;
                    else e.Trade.TradeId = long.Parse(word.AsSpan("id=".Length), CultureInfo.InvariantCulture);
                }

                break;
            case "bar":
                e.Header.Kind = EventKind.Bar;
                BarSource source = words.Length > 7 ? Enum.Parse<BarSource>(words[7], true) : BarSource.Trade;
                if (!BarInterval.TryParse(words[1], out BarInterval interval)) throw new FormatException($"'{words[1]}' is no interval.");
                e.Header.Detail = interval.WithSource(source).Packed;
                (e.Bar.Open, e.Bar.High, e.Bar.Low, e.Bar.Close) = (Price.Parse(words[2]), Price.Parse(words[3]), Price.Parse(words[4]), Price.Parse(words[5]));
                e.Bar.Volume = Quantity.Parse(words[6].AsSpan("volume=".Length));
                break;
            case "split":
                e.Header.Kind = EventKind.CorporateAction;
                e.Action.Kind = CorporateActionKind.Split;
                string[] units = words[1].Split(':');
                (e.Action.NewUnits, e.Action.OldUnits) = (long.Parse(units[0], CultureInfo.InvariantCulture), long.Parse(units[1], CultureInfo.InvariantCulture));
                break;
            case "dividend":
                e.Header.Kind = EventKind.CorporateAction;
                (e.Action.Kind, e.Action.Amount) = (CorporateActionKind.Dividend, Price.Parse(words[1]));
                break;
            case "funding":
                e.Header.Kind = EventKind.CorporateAction;
                (e.Action.Kind, e.Action.Amount, e.Action.Price) = (CorporateActionKind.Funding, Price.Parse(words[1]), words.Length > 2 ? Price.Parse(words[2]) : Price.Zero);
                break;
            default:
                e.Header.Kind = EventKind.Status;
                e.Status.Status = Enum.Parse<MarketStatus>(words[1].Replace("-", "", StringComparison.Ordinal), true);
                break;
        }

        return e;
    }

    /// <summary><c>10.02x300</c>, or <c>-</c> for a side that nobody quotes.</summary>
    private static (Price Price, Quantity Size) Level(string word)
    {
        if (word == "-") return default;
        string[] parts = word.Split('x');
        return (Price.Parse(parts[0]), Quantity.Parse(parts[1]));
    }
}
