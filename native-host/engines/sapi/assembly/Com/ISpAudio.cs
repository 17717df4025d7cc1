using System;
using System.Runtime.InteropServices;

namespace Aside.Sapi.Com
{
    /// <summary>What SAPI calls of an audio device, and we implement: the declarations take raw pointers.</summary>
    [ComImport, Guid("C05C768F-FAE8-4EC2-8E07-338321C12452"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    public interface ISpAudio
    {
        // ISequentialStream, IStream
        [PreserveSig] int Read(IntPtr bytes, uint count, IntPtr read);
        [PreserveSig] int Write(IntPtr bytes, uint count, IntPtr written);
        [PreserveSig] int Seek(long move, uint origin, IntPtr position);
        [PreserveSig] int SetSize(long size);
        [PreserveSig] int CopyTo(IntPtr stream, long count, IntPtr read, IntPtr written);
        [PreserveSig] int Commit(uint flags);
        [PreserveSig] int Revert();
        [PreserveSig] int LockRegion(long offset, long count, uint type);
        [PreserveSig] int UnlockRegion(long offset, long count, uint type);
        [PreserveSig] int Stat(IntPtr stat, uint flag);
        [PreserveSig] int Clone(out IntPtr stream);
        // ISpStreamFormat
        [PreserveSig] int GetFormat(IntPtr formatId, out IntPtr format);
        // ISpAudio
        [PreserveSig] int SetState(int state, ulong reserved);
        [PreserveSig] int SetFormat(ref Guid formatId, IntPtr format);
        [PreserveSig] int GetStatus(IntPtr status);
        [PreserveSig] int SetBufferInfo(IntPtr info);
        [PreserveSig] int GetBufferInfo(IntPtr info);
        [PreserveSig] int GetDefaultFormat(IntPtr formatId, out IntPtr format);
        [PreserveSig] IntPtr EventHandle();
        [PreserveSig] int GetVolumeLevel(out uint level);
        [PreserveSig] int SetVolumeLevel(uint level);
        [PreserveSig] int GetBufferNotifySize(out uint bytes);
        [PreserveSig] int SetBufferNotifySize(uint bytes);
    }

    [ComImport, Guid("BE7A9CCE-5F9E-11D2-960F-00C04F8EE628"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    public interface ISpEventSource
    {
        // ISpNotifySource
        [PreserveSig] int SetNotifySink(IntPtr sink);
        [PreserveSig] int SetNotifyWindowMessage(IntPtr window, uint message, IntPtr wParam, IntPtr lParam);
        [PreserveSig] int SetNotifyCallbackFunction(IntPtr function, IntPtr wParam, IntPtr lParam);
        [PreserveSig] int SetNotifyCallbackInterface(IntPtr callback, IntPtr wParam, IntPtr lParam);
        [PreserveSig] int SetNotifyWin32Event();
        [PreserveSig] int WaitForNotifyEvent(uint milliseconds);
        [PreserveSig] IntPtr GetNotifyEventHandle();
        // ISpEventSource
        [PreserveSig] int SetInterest(ulong events, ulong queued);
        [PreserveSig] int GetEvents(uint count, IntPtr events, IntPtr fetched);
        [PreserveSig] int GetInfo(IntPtr info);
    }

    [ComImport, Guid("BE7A9CC9-5F9E-11D2-960F-00C04F8EE628"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    public interface ISpEventSink
    {
        [PreserveSig] int AddEvents(IntPtr events, uint count);
        [PreserveSig] int GetEventInterest(out ulong interest);
    }

    [ComImport, Guid("259684DC-37C3-11D2-9603-00C04F8EE628"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    public interface ISpNotifySink
    {
        [PreserveSig] int Notify();
    }
}
