using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.Books;

/// <summary>
/// A price of one side of a book and all that is displayed there.
/// <code>
/// 0        8        16
/// +--------+--------+
/// | price  | size   |
/// +--------+--------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
public readonly record struct BookLevel(Price Price, Quantity Size);
