using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace MiniTrader.Fix;

/// <summary>
/// A file mapped whole for reading and writing, held by this process alone. The store that opened it owns it.
/// Room is written with zeros before it is mapped: a full disk is then an <see cref="IOException"/> and not a fault in the middle of a store.
/// </summary>
internal sealed unsafe class StoreMapping : IDisposable
{
    private static readonly byte[] _zeros = new byte[1 << 16];

    private readonly FileStream _stream;
    private MemoryMappedFile? _map;
    private MemoryMappedViewAccessor? _view;
    private byte* _start;

    private StoreMapping(FileStream stream)
    {
        _stream = stream;
        Map();
    }

    public long Length { get; private set; }

    public bool IsWhole => _view is not null;

    public static StoreMapping Open(string path) => new(OpenStream(path, FileMode.Open));

    /// <summary>Writes a new file beside the path and puts it in the path's place in one step.</summary>
    public static StoreMapping Create(string path, in StoreFileHeader header, long length)
    {
        string fresh = path + ".new";
        FileStream stream = OpenStream(fresh, FileMode.Create);
        try
        {
            stream.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<StoreFileHeader>(in header)));
            WriteZeros(stream, StoreFileHeader.Bytes, length);
            File.Move(fresh, path, overwrite: true);
            return new(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    // SAFETY: every caller checks place + sizeof(T) against Length, and the view stays mapped until GrowTo, CutAt or Dispose.
    public ref T At<T>(long place)
        where T : unmanaged
    {
        if ((ulong)place > (ulong)(Length - sizeof(T))) ThrowOutside(place);
        return ref *(T*)(_start + place);
    }

    // SAFETY: the bounds are checked here; the span is valid until GrowTo, CutAt or Dispose.
    public Span<byte> Span(long place, int length)
    {
        if ((ulong)place > (ulong)Length || (ulong)length > (ulong)(Length - place)) ThrowOutside(place);
        return new(_start + place, length);
    }

    public void GrowTo(long length)
    {
        Unmap();
        WriteZeros(_stream, _stream.Length, length);
        Map();
    }

    /// <summary>Makes everything from <paramref name="place"/> on zero; the file ends at a multiple of the first room or more.</summary>
    public void CutAt(long place)
    {
        if (Length >= FileMessageStore.FirstBytes && place <= Length - StoreRecord.HeadBytes && IsZeroFrom(place)) return;
        long length = Math.Max(Length, FileMessageStore.FirstBytes);
        Unmap();
        _stream.SetLength(Math.Min(place, _stream.Length));
        WriteZeros(_stream, _stream.Length, Math.Max(length, place + StoreRecord.HeadBytes));
        Map();
    }

    public void Flush()
    {
        _view?.Flush();
        _stream.Flush(flushToDisk: true);
    }

    public void Dispose()
    {
        Unmap();
        _stream.Dispose();
    }

    private static FileStream OpenStream(string path, FileMode mode)
    {
        try
        {
            return new(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException e) when (e is not FileNotFoundException and not DirectoryNotFoundException)
        {
            throw new IOException($"The FIX message store {path} cannot be opened; another process may hold it: {e.Message}", e);
        }
    }

    private static void WriteZeros(FileStream stream, long from, long to)
    {
        stream.Position = from;
        for (long left = to - from; left > 0; left -= _zeros.Length)
            stream.Write(_zeros, 0, (int)Math.Min(left, _zeros.Length));
        stream.Flush();
    }

    private bool IsZeroFrom(long place)
    {
        for (; place < Length; place += int.MaxValue)
        {
            if (Span(place, (int)Math.Min(int.MaxValue, Length - place)).ContainsAnyExcept((byte)0)) return false;
        }

        return true;
    }

    private void Map()
    {
        Length = _stream.Length;
        if (Length == 0) return;
        _map = MemoryMappedFile.CreateFromFile(_stream, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.ReadWrite);

        // SAFETY: the pointer is released in Unmap, before the view goes.
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        _start += _view.PointerOffset;
    }

    private void Unmap()
    {
        if (_view is null) return;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map!.Dispose();
        _view = null;
        _map = null;
        _start = null;
    }

    private static void ThrowOutside(long place) => throw new InvalidOperationException($"Byte {place} lies outside of the mapped store.");
}
