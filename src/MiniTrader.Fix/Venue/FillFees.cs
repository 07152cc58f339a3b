using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>What a fill costs, from its report: Commission (12), and the group of miscellaneous fees (136).</summary>
internal static class FillFees
{
    private const int PercentageOfValue = 2;
    private static readonly int[] _members = [Tags.MiscFeeAmt, Tags.MiscFeeCurr, Tags.MiscFeeType, Tags.MiscFeeBasis];

    /// <summary>The fees in the instrument's currency.</summary>
    /// <param name="fields">The report.</param>
    /// <param name="currency">The instrument's.</param>
    /// <param name="value">Price times quantity of the fill.</param>
    /// <param name="isAllTold">False when there are fees in another currency, which a fee of the books cannot be.</param>
    public static decimal Of(in FieldView fields, Currency currency, decimal value, out bool isAllTold)
    {
        isAllTold = true;
        decimal sum = fields.GetDecimal(Tags.Commission, out long commission) == FieldStatus.Ok ? FixedPoint.ToDecimal(commission) : 0m;
        if (!fields.Has(Tags.NoMiscFees)) return sum;
        GroupView group = fields.Group(Tags.NoMiscFees, _members);
        while (group.MoveNext())
        {
            FieldView fee = group.Current;
            if (fee.GetDecimal(Tags.MiscFeeAmt, out long amount) != FieldStatus.Ok) continue;
            if (IsIn(currency, fee.Get(Tags.MiscFeeCurr)))
                sum += FixedPoint.ToDecimal(amount) * (fee.GetInt(Tags.MiscFeeBasis, out long basis) == FieldStatus.Ok && basis == PercentageOfValue ? value : 1m);
            else if (amount != 0) isAllTold = false;
        }

        return sum;
    }

    /// <summary>A fee without a currency is in the instrument's.</summary>
    private static bool IsIn(Currency currency, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return true;
        Span<char> letters = stackalloc char[16];
        if (text.Length > letters.Length) return false;
        for (int i = 0; i < text.Length; i++) letters[i] = (char)text[i];
        return Currency.TryParse(letters[..text.Length], out Currency named) && named == currency;
    }
}
