using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Google.FlatBuffers;

namespace MiniTrader.TickStore;

/// <summary>Where a batch stands in its file; the footer lists them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BatchBlock(long Offset, int MetadataBytes, long BodyBytes)
{
    public long BodyOffset => Offset + MetadataBytes;

    public long End => Offset + MetadataBytes + BodyBytes;
}

/// <summary>One buffer of a batch's body, relative to the body's beginning.</summary>
internal readonly record struct BodyBuffer(long Offset, long Bytes);

/// <summary>Builds the flatbuffers of Arrow's IPC format (Message.fbs, Schema.fbs, File.fbs; metadata version 5).</summary>
internal static class IpcMessages
{
    public static long Align(long bytes) => (bytes + FileMetadata.BodyAlignment - 1) & -FileMetadata.BodyAlignment;

    /// <summary>The schema's message, padded so that what follows it at <paramref name="offset"/> is aligned.</summary>
    public static byte[] Schema(TickFileInfo info, TickColumns columns, long offset)
    {
        FlatBufferBuilder builder = new(2048);
        int schema = AddSchema(builder, info, columns);
        return Encapsulate(builder, FileMetadata.SchemaMessage, schema, 0, offset);
    }

    public static byte[] RecordBatch(int rows, int columns, ReadOnlySpan<BodyBuffer> buffers, TickCompression compression, long bodyBytes, long offset)
    {
        FlatBufferBuilder builder = new(1024);
        builder.StartVector(16, buffers.Length, 8);
        for (int i = buffers.Length - 1; i >= 0; i--)
        {
            builder.Prep(8, 16);
            builder.PutLong(buffers[i].Bytes);
            builder.PutLong(buffers[i].Offset);
        }

        int bufferVector = builder.EndVector().Value;
        builder.StartVector(16, columns, 8);
        for (int i = 0; i < columns; i++)
        {
            builder.Prep(8, 16);
            builder.PutLong(0);
            builder.PutLong(rows);
        }

        int nodeVector = builder.EndVector().Value;
        int bodyCompression = 0;
        if (compression == TickCompression.Lz4)
        {
            // Both fields, codec LZ4_FRAME and method BUFFER, have their default values.
            builder.StartTable(2);
            bodyCompression = builder.EndTable();
        }

        builder.StartTable(5);
        builder.AddLong(0, rows, 0);
        builder.AddOffset(1, nodeVector, 0);
        builder.AddOffset(2, bufferVector, 0);
        if (bodyCompression != 0) builder.AddOffset(3, bodyCompression, 0);
        return Encapsulate(builder, FileMetadata.RecordBatchMessage, builder.EndTable(), bodyBytes, offset);
    }

    /// <summary>The footer's flatbuffer with its own hash in place.</summary>
    public static byte[] Footer(
        TickFileInfo info, TickColumns columns, TickCompression compression, ReadOnlySpan<BatchBlock> blocks, ReadOnlySpan<BatchStatistics> statistics, ulong headHash)
    {
        FlatBufferBuilder builder = new(4096 + (blocks.Length * 128));
        int schema = AddSchema(builder, info, columns);
        int metadata = AddMetadata(
            builder,
            (FileMetadata.Batches, Convert.ToBase64String(MemoryMarshal.AsBytes(statistics))),
            (FileMetadata.Compression, compression == TickCompression.Lz4 ? "lz4" : "none"),
            (FileMetadata.HeadHash, Hex(headHash)),
            (FileMetadata.FooterHash, FileMetadata.FooterHashPlace));
        builder.StartVector(24, blocks.Length, 8);
        for (int i = blocks.Length - 1; i >= 0; i--)
        {
            builder.Prep(8, 24);
            builder.PutLong(blocks[i].BodyBytes);
            builder.Pad(4);
            builder.PutInt(blocks[i].MetadataBytes);
            builder.PutLong(blocks[i].Offset);
        }

        int blockVector = builder.EndVector().Value;
        builder.StartVector(24, 0, 8);
        int dictionaries = builder.EndVector().Value;
        builder.StartTable(5);
        builder.AddOffset(1, schema, 0);
        builder.AddOffset(2, dictionaries, 0);
        builder.AddOffset(3, blockVector, 0);
        builder.AddOffset(4, metadata, 0);
        builder.AddShort(0, FileMetadata.MetadataVersion5, 0);
        builder.Finish(builder.EndTable());

        byte[] footer = builder.SizedByteArray();
        int place = footer.AsSpan().IndexOf(Encoding.ASCII.GetBytes(FileMetadata.FooterHashPlace));
        Encoding.ASCII.GetBytes(Hex(XxHash3.HashToUInt64(footer)), footer.AsSpan(place));
        return footer;
    }

    public static string Hex(ulong hash) => hash.ToString("x16", CultureInfo.InvariantCulture);

    private static int AddSchema(FlatBufferBuilder builder, TickFileInfo info, TickColumns columns)
    {
        List<int> fields = [];
        foreach (ColumnSpec spec in ColumnLayout.Of(info.Kind))
        {
            if (spec.IsIn(columns)) fields.Add(AddField(builder, spec));
        }

        builder.StartVector(4, fields.Count, 4);
        for (int i = fields.Count - 1; i >= 0; i--) builder.AddOffset(fields[i]);
        int fieldVector = builder.EndVector().Value;
        string scale = FileMetadata.WrittenScale.ToString(CultureInfo.InvariantCulture);
        int metadata = AddMetadata(
            builder,
            (FileMetadata.Format, FileMetadata.FormatVersion),
            (FileMetadata.Instrument, info.Instrument),
            (FileMetadata.Kind, info.Kind.ToString()),
            (FileMetadata.PriceScale, scale),
            (FileMetadata.SizeScale, scale));

        // Endianness keeps its default, little.
        builder.StartTable(4);
        builder.AddOffset(1, fieldVector, 0);
        builder.AddOffset(2, metadata, 0);
        return builder.EndTable();
    }

    private static int AddField(FlatBufferBuilder builder, ColumnSpec spec)
    {
        int name = builder.CreateString(spec.Name).Value;
        int zone = spec.Type == ColumnType.Time ? builder.CreateString("UTC").Value : 0;
        ArrowType arrowType;
        switch (spec.Type)
        {
            case ColumnType.Time:
                const short Nanosecond = 3;
                arrowType = ArrowType.Timestamp;
                builder.StartTable(2);
                builder.AddOffset(1, zone, 0);
                builder.AddShort(0, Nanosecond, 0);
                break;
            case ColumnType.Float64:
                const short Double = 2;
                arrowType = ArrowType.FloatingPoint;
                builder.StartTable(1);
                builder.AddShort(0, Double, 0);
                break;
            default:
                arrowType = ArrowType.Int;
                builder.StartTable(2);
                builder.AddInt(0, spec.Width * 8, 0);
                builder.AddBool(1, true, false);
                break;
        }

        int type = builder.EndTable();
        builder.StartVector(4, 0, 4);
        int children = builder.EndVector().Value;
        builder.StartTable(7);
        builder.AddOffset(0, name, 0);
        builder.AddOffset(3, type, 0);
        builder.AddOffset(5, children, 0);
        builder.AddByte(2, (byte)arrowType, 0);
        return builder.EndTable();
    }

    private static int AddMetadata(FlatBufferBuilder builder, params ReadOnlySpan<(string Key, string Value)> pairs)
    {
        Span<int> offsets = stackalloc int[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            int key = builder.CreateString(pairs[i].Key).Value;
            int value = builder.CreateString(pairs[i].Value).Value;
            builder.StartTable(2);
            builder.AddOffset(0, key, 0);
            builder.AddOffset(1, value, 0);
            offsets[i] = builder.EndTable();
        }

        builder.StartVector(4, pairs.Length, 4);
        for (int i = pairs.Length - 1; i >= 0; i--) builder.AddOffset(offsets[i]);
        return builder.EndVector().Value;
    }

    private static byte[] Encapsulate(FlatBufferBuilder builder, byte headerType, int header, long bodyBytes, long offset)
    {
        builder.StartTable(5);
        builder.AddLong(3, bodyBytes, 0);
        builder.AddOffset(2, header, 0);
        builder.AddShort(0, FileMetadata.MetadataVersion5, 0);
        builder.AddByte(1, headerType, 0);
        builder.Finish(builder.EndTable());
        byte[] flat = builder.SizedByteArray();

        byte[] message = new byte[Align(offset + 8 + flat.Length) - offset];
        BinaryPrimitives.WriteInt32LittleEndian(message, FileMetadata.Continuation);
        BinaryPrimitives.WriteInt32LittleEndian(message.AsSpan(4), message.Length - 8);
        flat.CopyTo(message.AsSpan(8));
        return message;
    }
}
