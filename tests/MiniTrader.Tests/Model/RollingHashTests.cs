using System.Numerics;
using System.Runtime.InteropServices;
using CsCheck;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Model;

/// <summary>
/// The hash of a record must be the same number on every machine, and another one for every other record.
/// </summary>
public sealed class RollingHashTests
{
    private static readonly Gen<BookDelta> _record = Gen.Select(
        Gen.Long, Gen.Long, Gen.Long, (a, b, c) => new BookDelta { Price = new(a), Size = new(b), OrderId = c });

    [Fact]
    public void A_record_is_hashed_as_plain_arithmetic_says() => _record.Sample(record =>
    {
        RollingHash hash = default;
        hash.Add(in record);
        hash.Add(in record);
        ulong expected = Plain(Plain(0, record), record);
        return hash.Value == expected;
    });

    [Fact]
    public void Every_single_bit_counts() => Gen.Select(_record, Gen.Int[0, (8 * MarketEvent.Size) - 1]).Sample((record, bit) =>
    {
        BookDelta other = record;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<BookDelta>(ref other));
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return Of(record) != Of(other);
    });

    [Fact]
    public void Words_that_change_places_change_the_hash() => _record.Where(r => r.Price.Raw != r.Size.Raw).Sample(record =>
        Of(record) != Of(record with { Price = new(record.Size.Raw), Size = new(record.Price.Raw) }));

    [Fact]
    public void The_order_of_records_counts() => Gen.Select(_record, _record).Where((a, b) => !a.Equals(b)).Sample((a, b) =>
    {
        RollingHash forward = default, backward = default;
        forward.Add(in a);
        forward.Add(in b);
        backward.Add(in b);
        backward.Add(in a);
        return forward.Value != backward.Value;
    });

    private static ulong Of(in BookDelta record)
    {
        RollingHash hash = default;
        hash.Add(in record);
        return hash.Value;
    }

    /// <summary>The definition once more, word by word and without vectors.</summary>
    private static ulong Plain(ulong state, BookDelta record)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<BookDelta, ulong>(new ReadOnlySpan<BookDelta>(in record));
        ulong[] lanes = [1, 2, 3, 4];
        ulong[] keys = [0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63];
        for (int i = 0; i < words.Length; i++)
        {
            ulong keyed = words[i] ^ unchecked(keys[i % 4] + ((ulong)(i / 4) * 0x9E3779B97F4A7C15));
            lanes[i % 4] = unchecked(lanes[i % 4] + ((keyed & uint.MaxValue) * (keyed >> 32)) + words[i ^ 1]);
        }

        ulong folded = lanes[0] ^ BitOperations.RotateLeft(lanes[1], 16) ^ BitOperations.RotateLeft(lanes[2], 32) ^ BitOperations.RotateLeft(lanes[3], 48);
        unchecked
        {
            ulong x = (state ^ folded) + 0x9E3779B97F4A7C15;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }
}
