using System.Buffers.Binary;
using System.IO.Hashing;
using K4os.Compression.LZ4;

namespace MiniTrader.TickStore;

/// <summary>
/// Decodes one LZ4 frame from memory to memory. Understands all that the frame format lets a writer choose: linked or
/// independent blocks, raw blocks, block checksums, content size and content checksum. Dictionaries, which Arrow has no place
/// for, are refused.
/// <code>
/// 0       4     5    6                14   15
/// +-------+-----+----+----------------+----+------------------------------+---+----------+
/// | magic | FLG | BD | [content size] | HC | (size, data, [checksum]) ... | 0 | [checks] |
/// +-------+-----+----+----------------+----+------------------------------+---+----------+
/// </code>
/// </summary>
internal static unsafe class Lz4Frame
{
    public const uint Magic = 0x184D2204;
    public const byte Version1 = 0b0100_0000;
    public const byte IndependentBlocks = 0b0010_0000;
    public const byte HasBlockChecksums = 0b0001_0000;
    public const byte HasContentSize = 0b0000_1000;
    public const byte HasContentChecksum = 0b0000_0100;
    public const byte HasDictionary = 0b0000_0001;
    public const uint RawBlock = 0x8000_0000;
    public const byte MaxBlockCode = 7;
    public const int MaxBlockBytes = 4 << 20;
    private const int WindowBytes = 64 << 10;

    /// <summary>Decodes exactly <paramref name="targetLength"/> bytes, or answers what is wrong with the frame; null when all is well.</summary>
    public static string? Decode(byte* source, long sourceLength, byte* target, long targetLength) =>
        Decode(source, sourceLength, target, targetLength, targetLength);

    /// <summary>Decodes what the frame holds if that is <paramref name="leastLength"/> to <paramref name="targetLength"/> bytes.</summary>
    public static string? Decode(byte* source, long sourceLength, byte* target, long targetLength, long leastLength)
    {
        // SAFETY: the caller owns sourceLength bytes to read and targetLength to write; every step below is held against what is left of both.
        byte* end = source + sourceLength;
        if (sourceLength < 7) return $"an LZ4 frame of {sourceLength} bytes is cut short.";
        if (Word(source) != Magic) return "an LZ4 frame does not begin with its magic number.";
        byte flags = source[4];
        int blockCode = (source[5] >> 4) & 7;
        if ((flags & 0b1100_0000) != Version1 || (flags & 0b0000_0010) != 0) return $"an LZ4 frame has unknown flags 0x{flags:x2}.";
        if ((flags & HasDictionary) != 0) return "an LZ4 frame needs a dictionary, which Arrow files do not carry.";
        if (blockCode < 4 || (source[5] & 0b1000_1111) != 0) return $"an LZ4 frame has unknown block size code 0x{source[5]:x2}.";

        int headerBytes = (flags & HasContentSize) != 0 ? 10 : 2;
        if (sourceLength < 4 + headerBytes + 1) return "an LZ4 frame's header is cut short.";
        byte headerCheck = (byte)(XxHash32.HashToUInt32(new ReadOnlySpan<byte>(source + 4, headerBytes)) >> 8);
        if (source[4 + headerBytes] != headerCheck) return "an LZ4 frame's header does not match its checksum.";
        if ((flags & HasContentSize) != 0)
        {
            long size = BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(source + 6, 8));
            if (size < leastLength || size > targetLength) return $"an LZ4 frame's content size {size} is not the {leastLength} bytes that are needed.";
            leastLength = targetLength = size;
        }

        byte* at = source + 4 + headerBytes + 1;
        string? fault = DecodeBlocks(ref at, end, flags, 1 << (8 + (2 * blockCode)), target, targetLength, out long decoded);
        if (fault is not null) return fault;
        if (decoded < leastLength) return $"an LZ4 frame decodes to {decoded} bytes instead of {leastLength}.";
        if ((flags & HasContentChecksum) == 0) return null;
        if (end - at < 4) return "an LZ4 frame's content checksum is cut short.";
        return Word(at) == ContentChecksum(target, decoded) ? null : "an LZ4 frame's content does not match its checksum.";
    }

    private static string? DecodeBlocks(ref byte* at, byte* end, byte flags, int maxBlock, byte* target, long targetLength, out long done)
    {
        bool isLinked = (flags & IndependentBlocks) == 0;
        int checksumBytes = (flags & HasBlockChecksums) != 0 ? 4 : 0;
        done = 0;
        while (true)
        {
            if (end - at < 4) return $"an LZ4 frame is cut short behind {done} of {targetLength} decoded bytes.";
            uint word = Word(at);
            at += 4;
            if (word == 0) return null;

            int size = (int)(word & ~RawBlock);
            if (size > maxBlock || end - at < (long)size + checksumBytes) return $"an LZ4 block of {size} bytes is larger than its frame allows.";
            if (checksumBytes != 0 && Word(at + size) != XxHash32.HashToUInt32(new ReadOnlySpan<byte>(at, size)))
                return "an LZ4 block does not match its checksum.";

            int room = (int)Math.Min(maxBlock, targetLength - done);
            int decoded = (word & RawBlock) != 0
                ? CopyRaw(at, size, target + done, room)
                : DecodeBlock(at, size, target + done, room, isLinked ? (int)Math.Min(done, WindowBytes) : 0);
            if (decoded < 0) return $"an LZ4 block behind {done} of {targetLength} decoded bytes is damaged.";
            at += size + checksumBytes;
            done += decoded;
        }
    }

    private static int CopyRaw(byte* source, int size, byte* target, int room)
    {
        if (size > room) return -1;
        Buffer.MemoryCopy(source, target, room, size);
        return size;
    }

    /// <param name="window">Bytes before the target that a linked block may refer to.</param>
    private static int DecodeBlock(byte* source, int size, byte* target, int room, int window) => window == 0
        ? LZ4Codec.Decode(source, size, target, room)
        : LZ4Codec.Decode(source, size, target, room, target - window, window);

    private static uint ContentChecksum(byte* content, long length)
    {
        if (length <= int.MaxValue) return XxHash32.HashToUInt32(new ReadOnlySpan<byte>(content, (int)length));
        XxHash32 hash = new();
        for (long done = 0; done < length;)
        {
            int part = (int)Math.Min(1 << 30, length - done);
            hash.Append(new ReadOnlySpan<byte>(content + done, part));
            done += part;
        }

        return hash.GetCurrentHashAsUInt32();
    }

    private static uint Word(byte* at) => BinaryPrimitives.ReadUInt32LittleEndian(new ReadOnlySpan<byte>(at, 4));
}
