using System.Runtime.CompilerServices;

namespace MiniTrader.Model;

/// <summary>
/// Exponential, logarithm and power that give the same bits on every machine. The platform's own differ in the last bit from one C
/// library to the next, which is enough to turn one backtest into another; these use only the operations that IEEE 754 defines
/// exactly (+, −, ×, ÷), in a fixed order. Good to about 1e-15 relative.
/// </summary>
public static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double SquareRootOfTwo = 1.4142135623730951;

    /// <summary>Beyond these e^x is infinite, or zero.</summary>
    private const double Highest = 709.0, Lowest = -708.0;

    /// <summary>
    /// e^x: x = k·ln 2 + r with |r| ≤ ln 2 / 2, e^r by its Taylor series to r¹³, then a shift by 2^k. Zero below −708, infinite above 709.
    /// </summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > Highest) return double.PositiveInfinity;
        if (x < Lowest) return 0;
        double k = Math.Floor((x / Ln2High) + 0.5);
        double r = x - (k * Ln2High) - (k * Ln2Low);
        double sum = 1;
        for (int n = 13; n >= 1; n--) sum = 1 + (r * sum / n);
        return sum * PowerOfTwo((int)k);
    }

    /// <summary>
    /// Natural logarithm: x = m·2^e with m between √½ and √2, then 2·artanh((m − 1)/(m + 1)) by its series. NaN below zero, −∞ at zero.
    /// </summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x)) return x;
        int exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= PowerOfTwo(54);
            exponent = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)((bits >> 52) & 0x7FF) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFFL) | 0x3FF0000000000000L);
        if (m > SquareRootOfTwo)
        {
            m *= 0.5;
            exponent++;
        }

        double s = (m - 1) / (m + 1), square = s * s, sum = 0;
        for (int n = 23; n >= 1; n -= 2) sum = (sum * square) + (1.0 / n);
        return (2 * s * sum) + (exponent * Ln2Low) + (exponent * Ln2High);
    }

    /// <summary>x to the power y for x ≥ 0; whole y up to 64 by multiplication, any other by e^(y·ln x).</summary>
    public static double Pow(double x, double y)
    {
        if (y == 0) return 1;
        if (y > 0 && y <= 64 && y == Math.Floor(y))
        {
            double result = 1;
            for (int n = (int)y; n > 0; n >>= 1, x *= x)
            {
                if ((n & 1) != 0) result *= x;
            }

            return result;
        }

        return x == 0 ? (y > 0 ? 0 : double.PositiveInfinity) : Exp(y * Log(x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);
}
