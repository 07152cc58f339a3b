using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Risk;

/// <summary>
/// Why a command was denied, as numbers: text is made of them only where it is shown. Limit and value are in the unit of the
/// code: a quantity, a price, an amount of the account's currency, or a count.
/// </summary>
public readonly record struct Denial(
    ReasonCode Code, InstrumentId Instrument, StrategyId Strategy, ClientOrderId Order, Timestamp Time, decimal Limit, decimal Value)
{
    /// <summary><c>code=MaxOrderNotional limit=10000 value=12500 instrument=SPY.XNAS strategy=0 order=17</c>.</summary>
    public string Explain(InstrumentTable instruments)
    {
        ArgumentNullException.ThrowIfNull(instruments);
        string instrument = instruments.Has(Instrument) ? instruments[Instrument].Name : Instrument.ToString();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"code={Code} limit={Limit:0.#########} value={Value:0.#########} instrument={instrument} strategy={Strategy} order={Order}");
    }
}
