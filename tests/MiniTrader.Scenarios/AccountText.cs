using System.Globalization;
using System.Text;
using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Scenarios;

/// <summary>Bookings and the account as lines of a scenario.</summary>
internal static class AccountText
{
    /// <summary><c>> 14:30:00 funding P -6, 2 stay at 2</c>.</summary>
    public static string Line(in LedgerEntry entry, InstrumentTable instruments)
    {
        string of = entry.Instrument.IsNone ? "" : " " + instruments[entry.Instrument].Symbol;
        string price = entry.Price.IsZero ? "" : $" @ {entry.Price}";
        string change = entry.QuantityBefore == entry.QuantityAfter ? "" : $", {entry.QuantityBefore} become {entry.QuantityAfter}";
        return $"> {ScenarioClock.Format(entry.Time)} {ReportLine.Words(entry.Kind)}{of} {Number(entry.Amount)}{price}{change}";
    }

    /// <summary>Cash by currency, positions, and the account in its own currency.</summary>
    public static IEnumerable<string> Lines(Ledger ledger)
    {
        StringBuilder cash = new("| cash");
        for (int i = 0; i < ledger.Account.Currencies.Length; i++) cash.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")} {Number(ledger.Account.CashAt(i))} {ledger.Account.Currencies[i]}");
        List<string> lines = [Indented(cash.ToString())];
        for (int i = 0; i < ledger.Instruments.Count; i++)
        {
            Position position = ledger.Total[new(i)];
            if (!position.IsFlat) lines.Add(Indented($"| {ledger.Instruments[i].Symbol} {position.Quantity} @ {position.AveragePrice(ledger.Instruments[i].Multiplier)}"));
        }

        AccountSnapshot account = ledger.Account.Snapshot();
        lines.Add(Indented($"| realised {Number(account.Realised)}, unrealised {Number(account.Unrealised)}, fees {Number(account.Fees)}, income {Number(account.Income)}, equity {Number(account.Equity)}"));
        return lines;
    }

    public static string Indented(string text) => "              " + text;

    private static string Number(decimal number) => number.ToString("0.#########", CultureInfo.InvariantCulture);
}
