using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MiniTrader.TickStore;

/// <summary>
/// A tick file's footer: schema, blocks and statistics, checked against each other and against the file's length. Immutable; any
/// number of cursors share it.
/// </summary>
internal sealed class TickFile
{
    /// <summary>Less than the smallest batch, so that no batch hides in a gap.</summary>
    private const int MaxPaddingBytes = 72;

    private TickFile(string path, long length, FileSchema schema, BatchBlock[] blocks, bool isOurs, TickCompression compression)
    {
        Path = path;
        Length = length;
        Schema = schema;
        Blocks = blocks;
        IsOurs = isOurs;
        Compression = compression;
    }

    public string Path { get; }

    public long Length { get; }

    public FileSchema Schema { get; }

    public BatchBlock[] Blocks { get; }

    /// <summary>For each block. Files of other writers have none stored; theirs are computed when the file is opened.</summary>
    public BatchStatistics[] Statistics { get; private set; } = [];

    /// <summary>Written by this project: hashes and statistics stand in the footer.</summary>
    public bool IsOurs { get; }

    public TickCompression Compression { get; private set; }

    public long Rows { get; private set; }

    public int MaxBatchRows { get; private set; }

    public long FirstReceived => Statistics.Length == 0 ? long.MaxValue : Statistics[0].FirstReceived;

    public long LastReceived => Statistics.Length == 0 ? long.MinValue : Statistics[^1].LastReceived;

    private string HeadHash { get; set; } = "";

    public bool HasReceivedTime => (Schema.Present & TickColumns.ReceivedTime) != 0;

    /// <exception cref="TickFileException">The file cannot be read as a file of this kind; the sentence says why.</exception>
    public static TickFile Open(string path, TickKind kind)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Tick files are read on little-endian machines only.");
        try
        {
            // Opening a pipe would wait for a writer, for ever; pipes and devices have a length of zero.
            FileInfo info = new(path);
            if ((info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info).Length == 0)
                throw new DamagedMetadataException("it has no bytes: it is empty, or a pipe or a device. Put the tick file itself there, or move this out of the catalog.");
            using SafeFileHandle handle = File.OpenHandle(path);
            TickFile file = ReadFooter(handle, path, kind);
            if (file.IsOurs) CheckHead(handle, file);
            else file.Adopt(ForeignFileScan.Run(file), file.Blocks.Length);
            return file;
        }
        catch (DamagedMetadataException damage)
        {
            throw new TickFileException(path, damage.Message);
        }
        catch (EndOfStreamException)
        {
            throw new TickFileException(path, "it ended while it was being read.");
        }
    }

    private static TickFile ReadFooter(SafeFileHandle handle, string path, TickKind kind)
    {
        long length = RandomAccess.GetLength(handle);
        if (length < FileMetadata.FixedBytes + 4) throw new DamagedMetadataException($"its {length} bytes are too few for an Arrow file.");
        Span<byte> head = stackalloc byte[8];
        Span<byte> tail = stackalloc byte[10];
        ReadExactly(handle, head, 0);
        ReadExactly(handle, tail, length - tail.Length);
        if (!head.StartsWith(FileMetadata.Magic)) throw new DamagedMetadataException("it does not begin as an Arrow file.");
        if (!tail.EndsWith(FileMetadata.Magic)) throw new DamagedMetadataException("it does not end as an Arrow file; it may have been cut short.");

        int footerBytes = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (footerBytes <= 0 || footerBytes > length - FileMetadata.FixedBytes)
            throw new DamagedMetadataException($"its footer claims {footerBytes} of its {length} bytes.");
        byte[] footer = new byte[footerBytes];
        long footerOffset = length - tail.Length - footerBytes;
        ReadExactly(handle, footer, footerOffset);

        FlatTable root = FlatTable.Root(footer);
        short version = root.GetInt16(0);
        if (version is not (FileMetadata.MetadataVersion4 or FileMetadata.MetadataVersion5))
            throw new DamagedMetadataException($"its metadata version is {version + 1}; versions 4 and 5 are read.");
        FileSchema schema = FileSchema.Match(root.GetTable(1, "schema"), kind);
        Dictionary<string, string> metadata = FileSchema.ReadMetadata(root, 4);
        bool isOurs = schema.Metadata.TryGetValue(FileMetadata.Format, out string? format);
        if (isOurs && format != FileMetadata.FormatVersion) throw new DamagedMetadataException($"its format version is '{format}'; this program reads {FileMetadata.FormatVersion}.");
        if (!isOurs && metadata.ContainsKey(FileMetadata.FooterHash)) throw new DamagedMetadataException("its footer has a hash, but its schema names no format.");
        if (isOurs) CheckFooterHash(footer, metadata);

        BatchBlock[] blocks = ReadBlocks(root, footerOffset);
        TickCompression compression = metadata.GetValueOrDefault(FileMetadata.Compression) == "lz4" ? TickCompression.Lz4 : TickCompression.None;
        TickFile file = new(path, length, schema, blocks, isOurs, compression);
        if (isOurs)
        {
            file.Adopt(ReadStatistics(metadata, blocks.Length), blocks.Length);
            file.HeadHash = metadata.GetValueOrDefault(FileMetadata.HeadHash, "");
        }

        file.CheckGaps(handle, footerOffset);

        return file;
    }

    internal void AdoptCompression(TickCompression compression) => Compression = compression;

    private void Adopt(BatchStatistics[] statistics, int blocks)
    {
        if (statistics.Length != blocks) throw new DamagedMetadataException($"its footer has statistics of {statistics.Length} batches, but there are {blocks}.");
        long rows = 0, last = long.MinValue;
        for (int i = 0; i < statistics.Length; i++)
        {
            ref readonly BatchStatistics batch = ref statistics[i];
            if (batch.Rows is < 0 or > TickFileOptions.MaxBatchRows)
                throw new TickFileException(Path, $"it has {batch.Rows} rows; at most {TickFileOptions.MaxBatchRows} are read.", i);
            if (batch.FirstReceived < last || batch.LastReceived < batch.FirstReceived)
                throw new TickFileException(Path, "it begins before the batch ahead of it ends; rows must be ordered by time.", i, 0);
            last = batch.LastReceived;
            rows += batch.Rows;
            MaxBatchRows = Math.Max(MaxBatchRows, (int)batch.Rows);
        }

        Statistics = statistics;
        Rows = rows;
    }

    private static BatchStatistics[] ReadStatistics(Dictionary<string, string> metadata, int blocks)
    {
        byte[] bytes = new byte[(long)blocks * BatchStatistics.Size];
        if (!metadata.TryGetValue(FileMetadata.Batches, out string? text) || !Convert.TryFromBase64String(text, bytes, out int written) || written != bytes.Length)
            throw new DamagedMetadataException($"its footer has no sound statistics of its {blocks} batches.");
        return MemoryMarshal.Cast<byte, BatchStatistics>(bytes).ToArray();
    }

    private static BatchBlock[] ReadBlocks(FlatTable footer, long footerOffset)
    {
        if (footer.GetVector(2, 24).Count > 0) throw new DamagedMetadataException("it has dictionaries; store plain values.");
        FlatTable.FlatVector vector = footer.GetVector(3, 24);
        BatchBlock[] blocks = new BatchBlock[vector.Count];
        long end = 8;
        for (int i = 0; i < blocks.Length; i++)
        {
            ReadOnlySpan<byte> bytes = vector[i];
            BatchBlock block = new(
                BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]));
            bool isInside = block.Offset >= end && block.Offset % 8 == 0 && block.MetadataBytes > 8 && block.BodyBytes >= 0
                && block.Offset <= footerOffset - block.MetadataBytes && block.BodyBytes <= footerOffset - block.Offset - block.MetadataBytes;
            if (!isInside) throw new DamagedMetadataException($"its footer places batch {i} outside the file or over another batch.");
            blocks[i] = block;
            end = block.End;
        }

        return blocks;
    }

    private static void CheckFooterHash(ReadOnlySpan<byte> footer, Dictionary<string, string> metadata)
    {
        string said = metadata.GetValueOrDefault(FileMetadata.FooterHash, "");
        int place = said.Length == FileMetadata.FooterHashPlace.Length ? footer.IndexOf(Encoding.UTF8.GetBytes(said)) : -1;
        if (place >= 0)
        {
            XxHash3 hash = new();
            hash.Append(footer[..place]);
            hash.Append(Encoding.ASCII.GetBytes(FileMetadata.FooterHashPlace));
            hash.Append(footer[(place + said.Length)..]);
            if (IpcMessages.Hex(hash.GetCurrentHashAsUInt64()) == said) return;
        }

        throw new DamagedMetadataException("its footer does not match the footer's own hash.");
    }

    /// <summary>
    /// Every byte between head and footer belongs to a batch, but for an end mark and, in files of other writers, padding: so a
    /// footer that has lost a batch is found out.
    /// </summary>
    private void CheckGaps(SafeFileHandle handle, long footerOffset)
    {
        Span<byte> bytes = stackalloc byte[16];
        ReadExactly(handle, bytes, 0);
        int prefix = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]) == FileMetadata.Continuation ? 8 : 4;
        long end = 8L + prefix + BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 + prefix)..]);

        // apache-arrow for JavaScript leaves the schema's message out: the schema stands in the footer anyhow.
        if (!IsOurs && Blocks.Length > 0 && Blocks[0].Offset == 8) end = 8;
        for (int i = 0; i <= Blocks.Length; i++)
        {
            bool isLast = i == Blocks.Length;
            long next = isLast ? footerOffset : Blocks[i].Offset;
            bool isSound = IsOurs ? next - end == (isLast ? 8 : 0) : next >= end && next - end < MaxPaddingBytes;
            if (!isSound) throw new DamagedMetadataException(isLast ? "its batches do not end where its footer begins." : $"there is a gap ahead of batch {i}.");
            if (!isLast) end = Blocks[i].End;
        }

        if (!IsOurs) return;
        ReadExactly(handle, bytes[..8], footerOffset - 8);
        if (BinaryPrimitives.ReadInt64LittleEndian(bytes) != uint.MaxValue) throw new DamagedMetadataException("its batches do not end with an end mark.");
    }

    private static void CheckHead(SafeFileHandle handle, TickFile file)
    {
        Span<byte> prefix = stackalloc byte[16];
        ReadExactly(handle, prefix, 0);
        long bytes = 16L + BinaryPrimitives.ReadInt32LittleEndian(prefix[12..]);

        const int MaxHeadBytes = 1 << 20;
        if (bytes is >= 16 and <= MaxHeadBytes && bytes < file.Length)
        {
            byte[] head = new byte[bytes];
            ReadExactly(handle, head, 0);
            if (IpcMessages.Hex(XxHash3.HashToUInt64(head)) == file.HeadHash) return;
        }

        throw new DamagedMetadataException("its schema message does not match the hash in its footer.");
    }

    private static void ReadExactly(SafeFileHandle handle, Span<byte> target, long offset)
    {
        while (!target.IsEmpty)
        {
            int read = RandomAccess.Read(handle, target, offset);
            if (read == 0) throw new EndOfStreamException();
            target = target[read..];
            offset += read;
        }
    }
}
