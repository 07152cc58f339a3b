using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <content>What the books of record must agree on, looked at while the session runs.</content>
public sealed partial class Ledger
{
    // Sums of the same money may differ where a decimal's 28 digits did not hold a part of one: by this much, and this much of what was turned over.
    private const decimal MoneyTolerance = 1e-6m, TurnoverTolerance = 1e-15m;

    private readonly decimal[] _expectedCash;
    private readonly decimal[] _tolerance;
    private long _bookings;
    private long _verified;

    /// <summary>
    /// Looks whether each strategy's position is the sum of its fills, splits, settlements and revisions, the account's position the sum of the strategies',
    /// and the cash of each currency what was there at first and what positions have cost, earned and paid since. One pass over the instruments, if
    /// something was booked since the last look; nothing is allocated.
    /// </summary>
    /// <param name="eventNumber">Market events taken in so far, for the sentence of a breach.</param>
    /// <exception cref="LedgerInvariantException">They do not agree.</exception>
    public void Verify(long eventNumber)
    {
        if (_verified == _bookings) return;
        _verified = _bookings;
        VerifyPositions(eventNumber);
        VerifyCash(eventNumber);
    }

    /// <summary>A position changed by this much, by a fill or otherwise.</summary>
    internal void CountBooked(StrategyId strategy, InstrumentId instrument, Quantity change)
    {
        _books[strategy.Index].ExposureAt(instrument.Index).Booked += change;
        _bookings++;
    }

    /// <summary>Cash moved without a change of a position.</summary>
    internal void CountPaid() => _bookings++;

    private void VerifyPositions(long eventNumber)
    {
        for (int i = 0; i < Instruments.Count; i++)
        {
            Quantity sum = Quantity.Zero;
            for (int s = 0; s < _books.Length; s++)
            {
                Quantity held = _books[s].PositionAt(i).Quantity, booked = _books[s].ExposureAt(i).Booked;
                if (held != booked)
                    LedgerInvariantException.Throw(eventNumber, $"strategy {s} holds {held} of {Instruments[i].Name}, but its fills and what else was booked add up to {booked}");
                sum += held;
            }

            Quantity total = Total.PositionAt(i).Quantity;
            if (total != sum)
                LedgerInvariantException.Throw(eventNumber, $"the account holds {total} of {Instruments[i].Name}, but its strategies hold {sum} together");
        }
    }

    private void VerifyCash(long eventNumber)
    {
        Array.Clear(_expectedCash);
        Array.Fill(_tolerance, MoneyTolerance);
        _expectedCash[0] = Account.InitialCash;
        for (int i = 0; i < Instruments.Count; i++)
        {
            ref readonly Position position = ref Total.PositionAt(i);
            if (position.Fills == 0 && position.Income == 0m && position.Realised == 0m) continue;
            InstrumentId instrument = new(i);
            int currency = Account.CurrencyIndexOf(instrument);
            _expectedCash[currency] += position.Realised + position.Income - position.Fees - (Account.IsMarginSettled(instrument) ? 0m : position.Cost);
            _tolerance[currency] += position.Turnover * TurnoverTolerance;
        }

        for (int c = 0; c < _expectedCash.Length; c++)
        {
            if (Math.Abs(Account.CashAt(c) - _expectedCash[c]) <= _tolerance[c]) continue;
            LedgerInvariantException.Throw(
                eventNumber,
                $"there is {Account.CashAt(c)} {Account.Currencies[c]}, but what was there at first, less what positions have cost and paid, is {_expectedCash[c]}");
        }
    }
}
