using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.LoadTests;

/// <summary>The 64 bytes that are passed from thread to thread; all of them are written, the way a feed writes a quote.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct WireEvent
{
    public long Number;
    public long A, B, C, D, E, F, G;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fill(long number)
    {
        Number = number;
        A = number;
        B = number;
        C = number;
        D = number;
        E = number;
        F = number;
        G = number;
    }
}
