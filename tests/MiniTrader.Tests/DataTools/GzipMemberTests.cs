using System.IO.Compression;
using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>Gzip files that were appended to have several members: all are read, and what is none is told, wherever it stands.</summary>
public sealed class GzipMemberTests
{
    [Theory]
    [InlineData(100, 100)]
    [InlineData(200_000, 100)]
    [InlineData(100, 200_000)]
    [InlineData(200_000, 300_000)]
    public void A_damaged_header_of_a_later_member_is_no_end(int first, int second)
    {
        byte[] one = Member(first, 1), two = Member(second, 2), whole = [.. one, .. two];
        Assert.Equal(first + second, Unpacked(whole));
        Assert.Equal(first + second, Unpacked([.. whole, .. new byte[5_000]]));
        for (int place = 0; place < 2; place++)
        {
            byte[] damaged = [.. whole];
            damaged[one.Length + place] ^= 0xFF;
            Assert.Throws<InvalidDataException>(() => Unpacked(damaged));
        }
    }

    private static long Unpacked(byte[] packed)
    {
        using WholeGzip gzip = new(new MemoryStream(packed));
        byte[] buffer = new byte[10_000];
        long sum = 0;
        for (int read = gzip.Read(buffer, 0, buffer.Length); read > 0; read = gzip.Read(buffer, 0, buffer.Length)) sum += read;
        return sum;
    }

    /// <summary>Bytes that do not become smaller.</summary>
    private static byte[] Member(int length, ulong seed)
    {
        SeededRandom random = new(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte)random.NextInt64(256);
        MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
