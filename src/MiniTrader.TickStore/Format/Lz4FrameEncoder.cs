using System.Buffers.Binary;
using System.IO.Hashing;
using K4os.Compression.LZ4;

namespace MiniTrader.TickStore;

/// <summary>
/// Writes one LZ4 frame: independent blocks of at most 4 MiB, so that a usual column is one block, and the content's size. The
/// footer's hash of the whole body makes checksums inside the frame needless.
/// </summary>
internal static unsafe class Lz4FrameEncoder
{
    private const int HeaderBytes = 4 + 2 + 8 + 1;
    private const int EndMarkBytes = 4;

    /// <summary>Room that <see cref="Encode"/> needs for <paramref name="bytes"/> of content.</summary>
    public static long MaxBytes(long bytes)
    {
        long blocks = (bytes / Lz4Frame.MaxBlockBytes) + 1;
        return HeaderBytes + EndMarkBytes + bytes + (4 * blocks);
    }

    /// <summary>Writes the frame and returns its length.</summary>
    /// <param name="target">Room for <see cref="MaxBytes"/> of the source's length.</param>
    public static long Encode(byte* source, long length, byte* target)
    {
        Span<byte> header = new(target, HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header, Lz4Frame.Magic);
        header[4] = Lz4Frame.Version1 | Lz4Frame.IndependentBlocks | Lz4Frame.HasContentSize;
        header[5] = Lz4Frame.MaxBlockCode << 4;
        BinaryPrimitives.WriteInt64LittleEndian(header[6..], length);
        header[14] = (byte)(XxHash32.HashToUInt32(header[4..14]) >> 8);

        byte* at = target + HeaderBytes;
        for (long done = 0; done < length;)
        {
            int block = (int)Math.Min(Lz4Frame.MaxBlockBytes, length - done);
            int encoded = LZ4Codec.Encode(source + done, block, at + 4, block, LZ4Level.L00_FAST);
            if (encoded > 0 && encoded < block)
            {
                BinaryPrimitives.WriteInt32LittleEndian(new Span<byte>(at, 4), encoded);
            }
            else
            {
                // SAFETY: MaxBytes counts every block with its raw size.
                Buffer.MemoryCopy(source + done, at + 4, block, block);
                encoded = block;
                BinaryPrimitives.WriteUInt32LittleEndian(new Span<byte>(at, 4), (uint)block | Lz4Frame.RawBlock);
            }

            at += 4 + encoded;
            done += block;
        }

        BinaryPrimitives.WriteInt32LittleEndian(new Span<byte>(at, 4), 0);
        return at + EndMarkBytes - target;
    }
}
