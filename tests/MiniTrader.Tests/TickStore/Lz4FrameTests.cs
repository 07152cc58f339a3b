using K4os.Compression.LZ4;
using K4os.Compression.LZ4.Encoders;
using K4os.Compression.LZ4.Streams;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>Frames as other writers make them: linked blocks, checksums, raw blocks, sizes; and frames that are damaged.</summary>
public sealed unsafe class Lz4FrameTests
{
    public static TheoryData<bool, bool, bool, int> Settings
    {
        get
        {
            TheoryData<bool, bool, bool, int> settings = [];
            for (int bits = 0; bits < 8; bits++)
            {
                foreach (int length in (ReadOnlySpan<int>)[0, 1, 100, 65_536, 300_000])
                    settings.Add((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, length);
            }

            return settings;
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Every_form_of_frame_is_decoded(bool isLinked, bool contentChecksum, bool isRandom, int length)
    {
        byte[] content = Content(length, isRandom);
        byte[] frame = Encode(content, isLinked, contentChecksum);
        Assert.Null(Decode(frame, content.Length, out byte[] decoded));
        Assert.Equal(content, decoded);
    }

    [Fact]
    public void Our_frames_are_decoded_by_another_decoder()
    {
        foreach (int length in (ReadOnlySpan<int>)[0, 1, 70, 65_536, (4 << 20) - 1, (4 << 20) + 1, 9 << 20])
        {
            foreach (bool isRandom in (ReadOnlySpan<bool>)[false, true])
            {
                byte[] content = Content(length, isRandom), target = new byte[Lz4FrameEncoder.MaxBytes(length)];
                long encoded;
                fixed (byte* source = content, to = target) encoded = Lz4FrameEncoder.Encode(source, length, to);
                using MemoryStream stream = new(target, 0, (int)encoded);
                using LZ4DecoderStream decoder = LZ4Stream.Decode(stream);
                using MemoryStream decoded = new();
                decoder.CopyTo(decoded);
                Assert.Equal(content, decoded.ToArray());
            }
        }
    }

    [Fact]
    public void A_block_checksum_is_checked()
    {
        // Magic; version 1, independent, block checksums; 64 KiB blocks; header check; one raw block "abcd" with its checksum; end.
        byte[] header = [0x70, 0x40];
        byte[] block = "abcd"u8.ToArray();
        byte check = (byte)(System.IO.Hashing.XxHash32.HashToUInt32(header) >> 8);
        byte[] frame = [0x04, 0x22, 0x4D, 0x18, .. header, check, 4, 0, 0, 0x80, .. block, .. BitConverter.GetBytes(System.IO.Hashing.XxHash32.HashToUInt32(block)), 0, 0, 0, 0];
        Assert.Null(Decode(frame, 4, out byte[] decoded));
        Assert.Equal(block, decoded);
        frame[^7] ^= 1;
        Assert.Contains("checksum", Decode(frame, 4, out _), StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_frames_never_write_outside_and_never_crash()
    {
        SeededRandom random = new(5);
        foreach (bool isLinked in (ReadOnlySpan<bool>)[false, true])
        {
            byte[] content = Content(200_000, false), frame = Encode(content, isLinked, false);
            for (int i = 0; i < 2_000; i++)
            {
                byte[] damaged = frame.AsSpan(0, 1 + (int)random.NextInt64(frame.Length)).ToArray();
                for (int k = 0; k < 3; k++) damaged[random.NextInt64(damaged.Length)] ^= (byte)random.NextUInt64();
                Decode(damaged, content.Length, out _);
            }

            for (int length = 0; length < frame.Length; length += 997) Assert.NotNull(Decode(frame.AsSpan(0, length).ToArray(), content.Length, out _));
        }
    }

    private static byte[] Encode(byte[] content, bool isLinked, bool contentChecksum)
    {
        LZ4EncoderSettings settings = new()
        {
            ChainBlocks = isLinked,
            BlockSize = 64 << 10,
            ContentChecksum = contentChecksum,
            CompressionLevel = LZ4Level.L00_FAST,
        };
        using MemoryStream stream = new();
        using (LZ4EncoderStream encoder = LZ4Stream.Encode(stream, settings, leaveOpen: true)) encoder.Write(content);
        return stream.ToArray();
    }

    /// <summary>Decodes with guard bytes on both sides of the target.</summary>
    private static string? Decode(byte[] frame, int length, out byte[] decoded)
    {
        const int Guard = 64;
        byte[] target = new byte[length + (2 * Guard)];
        target.AsSpan().Fill(0xEE);
        string? fault;
        fixed (byte* source = frame, to = target) fault = Lz4Frame.Decode(source, frame.Length, to + Guard, length);
        Assert.Equal(-1, target.AsSpan(0, Guard).IndexOfAnyExcept((byte)0xEE));
        Assert.Equal(-1, target.AsSpan(Guard + length).IndexOfAnyExcept((byte)0xEE));
        decoded = target[Guard..(Guard + length)];
        return fault;
    }

    private static byte[] Content(int length, bool isRandom)
    {
        SeededRandom random = new(9);
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) content[i] = (byte)(isRandom ? random.NextUInt64() : (ulong)(i / 8 % 7) + (random.NextUInt64() & 1));
        return content;
    }
}
