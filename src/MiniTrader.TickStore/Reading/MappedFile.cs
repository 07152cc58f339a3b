using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace MiniTrader.TickStore;

/// <summary>
/// A whole file in the address space. Pages come in as they are touched; <see cref="ReleaseBefore"/> gives them back, so that
/// resident memory stays within a window however long the file is. Owned by one cursor.
/// </summary>
/// <remarks>Tick files are never changed in place. A file that is cut while it is mapped cannot be guarded against.</remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private long _released;

    private MappedFile(MemoryMappedFile file, MemoryMappedViewAccessor view, byte* pointer, long length)
    {
        _file = file;
        _view = view;
        Pointer = pointer;
        Length = length;
    }

    public byte* Pointer { get; private set; }

    public long Length { get; }

    /// <summary>All before it was given back.</summary>
    public long Released => _released;

    /// <param name="path">A tick file whose footer was read.</param>
    /// <param name="expectedLength">The length when the footer was read.</param>
    public static MappedFile Open(string path, long expectedLength)
    {
        using SafeFileHandle handle = File.OpenHandle(path);
        long length = RandomAccess.GetLength(handle);
        if (length != expectedLength) throw new TickFileException(path, $"its length changed from {expectedLength} to {length} bytes since its footer was read.");
        MemoryMappedFile file = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        MemoryMappedViewAccessor view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);

        // SAFETY: the pointer holds the view until Dispose releases it, and Length bytes from it are mapped.
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        MemoryAdvice.Sequential(pointer, length);
        return new MappedFile(file, view, pointer + view.PointerOffset, length);
    }

    /// <summary>Tells the system that nothing before <paramref name="offset"/> is needed soon. The bytes stay readable.</summary>
    public void ReleaseBefore(long offset)
    {
        long end = offset & -MemoryAdvice.LargePageBytes;
        if (end <= _released) return;

        // SAFETY: offsets of a file that was checked lie within the mapping; what is released is read from the file again when it is touched.
        MemoryAdvice.Release(Pointer + _released, end - _released);
        _released = end;
    }

    public void Dispose()
    {
        if (Pointer == null) return;
        Pointer = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
