using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;

namespace Aside.Sapi.Com
{
    /// <summary>Declared flat, so that the order of slots can be read here; the test compares it with the type library.</summary>
    [ComImport, Guid("6C44DF74-72B9-4992-A1EC-EF996E0422D4"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    public interface ISpVoice
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
        [PreserveSig] int GetEvents(uint count, out SPEVENT first, out uint fetched);
        [PreserveSig] int GetInfo(IntPtr info);
        // ISpVoice
        [PreserveSig] int SetOutput([MarshalAs(UnmanagedType.IUnknown)] object output, [MarshalAs(UnmanagedType.Bool)] bool allowFormatChanges);
        [PreserveSig] int GetOutputObjectToken(out ISpObjectToken token);
        [PreserveSig] int GetOutputStream(out ISpStreamFormat stream);
        [PreserveSig] int Pause();
        [PreserveSig] int Resume();
        [PreserveSig] int SetVoice(ISpObjectToken token);
        [PreserveSig] int GetVoice(out ISpObjectToken token);
        [PreserveSig] int Speak([MarshalAs(UnmanagedType.LPWStr)] string text, uint flags, out uint streamNumber);
        [PreserveSig] int SpeakStream(IStream stream, uint flags, out uint streamNumber);
        [PreserveSig] int GetStatus(out SPVOICESTATUS status, IntPtr lastBookmark);
        [PreserveSig] int Skip([MarshalAs(UnmanagedType.LPWStr)] string itemType, int items, out uint skipped);
        [PreserveSig] int SetPriority(int priority);
        [PreserveSig] int GetPriority(out int priority);
        [PreserveSig] int SetAlertBoundary(int boundary);
        [PreserveSig] int GetAlertBoundary(out int boundary);
        [PreserveSig] int SetRate(int rate);
        [PreserveSig] int GetRate(out int rate);
        [PreserveSig] int SetVolume(ushort volume);
        [PreserveSig] int GetVolume(out ushort volume);
        [PreserveSig] int WaitUntilDone(uint milliseconds);
        [PreserveSig] int SetSyncSpeakTimeout(uint milliseconds);
        [PreserveSig] int GetSyncSpeakTimeout(out uint milliseconds);
        [PreserveSig] IntPtr SpeakCompleteEvent();
        [PreserveSig] int IsUISupported([MarshalAs(UnmanagedType.LPWStr)] string type, IntPtr extra, uint extraBytes, out int supported);
        [PreserveSig] int DisplayUI(IntPtr window, [MarshalAs(UnmanagedType.LPWStr)] string title, [MarshalAs(UnmanagedType.LPWStr)] string type, IntPtr extra, uint extraBytes);
    }
}
