using System.Buffers.Binary;
using System.IO.Hashing;

namespace MiniTrader.TickStore;

/// <summary>A batch's message, checked against schema, footer and body. Offsets and lengths it hands out lie inside the body.</summary>
internal readonly unsafe ref struct BatchMessage
{
    private readonly FlatTable.FlatVector _nodes;
    private readonly FlatTable.FlatVector _buffers;
    private readonly BatchBlock _block;

    /// <summary>Throws a <see cref="DamagedMetadataException"/> for a message that does not fit.</summary>
    public BatchMessage(TickFile file, byte* map, int batch)
    {
        _block = file.Blocks[batch];

        // SAFETY: the footer's blocks were checked against the file's length, which is the mapping's.
        ReadOnlySpan<byte> message = new(map + _block.Offset, _block.MetadataBytes);
        if (file.IsOurs && XxHash3.HashToUInt64(message) != file.Statistics[batch].MetadataHash)
            throw new DamagedMetadataException("its message does not match the hash in the footer.");

        int prefix = BinaryPrimitives.ReadInt32LittleEndian(message) == FileMetadata.Continuation ? 8 : 4;
        int length = BinaryPrimitives.ReadInt32LittleEndian(message[(prefix - 4)..]);
        if (length <= 0 || length > message.Length - prefix) throw new DamagedMetadataException($"its message claims {length} of {message.Length} bytes.");
        FlatTable root = FlatTable.Root(message.Slice(prefix, length));
        if (root.GetByte(1) != FileMetadata.RecordBatchMessage) throw new DamagedMetadataException("its message is not a record batch.");

        FlatTable header = root.GetTable(2, "record batch");
        Rows = header.GetInt64(0);
        _nodes = header.GetVector(1, 16);
        _buffers = header.GetVector(2, 16);
        if (Rows is < 0 or > TickFileOptions.MaxBatchRows) throw new DamagedMetadataException($"it has {Rows} rows; at most {TickFileOptions.MaxBatchRows} are read.");
        if (file.IsOurs && Rows != file.Statistics[batch].Rows)
            throw new DamagedMetadataException($"it has {Rows} rows, but the footer says {file.Statistics[batch].Rows}.");
        if (_nodes.Count != file.Schema.Nodes || _buffers.Count != file.Schema.Buffers)
            throw new DamagedMetadataException($"it has {_nodes.Count} columns and {_buffers.Count} buffers, but the schema has {file.Schema.Nodes} and {file.Schema.Buffers}.");

        if (!header.Has(3)) return;
        FlatTable compression = header.GetTable(3, "compression");
        if ((sbyte)compression.GetByte(0) != FileMetadata.CompressionLz4Frame || compression.GetByte(1) != 0)
            throw new DamagedMetadataException("its body is compressed with another method than LZ4 frames; write it plain or with LZ4.");
        IsCompressed = true;
    }

    public long Rows { get; }

    public bool IsCompressed { get; }

    /// <summary>Where a column's stored values stand in the file, and how many bytes they have.</summary>
    public BodyBuffer Values(in ColumnBinding column)
    {
        ReadOnlySpan<byte> node = _nodes[column.Node];
        long length = BinaryPrimitives.ReadInt64LittleEndian(node), nulls = BinaryPrimitives.ReadInt64LittleEndian(node[8..]);
        if (length != Rows) throw new DamagedMetadataException($"its column '{column.Spec.Name}' has {length} of {Rows} rows.");
        if (nulls != 0) throw new DamagedMetadataException($"its column '{column.Spec.Name}' has {nulls} missing values; every row needs one.");

        ReadOnlySpan<byte> buffer = _buffers[column.Buffer + 1];
        long offset = BinaryPrimitives.ReadInt64LittleEndian(buffer), bytes = BinaryPrimitives.ReadInt64LittleEndian(buffer[8..]);
        if (offset < 0 || bytes < 0 || offset > _block.BodyBytes || bytes > _block.BodyBytes - offset)
            throw new DamagedMetadataException($"its column '{column.Spec.Name}' lies outside the batch's body.");
        return new BodyBuffer(_block.BodyOffset + offset, bytes);
    }
}
