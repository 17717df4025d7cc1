using System;
using System.Runtime.InteropServices;
using System.Runtime.InteropServices.ComTypes;

namespace Aside.Sapi.Com
{
    [ComImport, Guid("BED530BE-2606-4F4D-A1C0-54C5CDA5566F"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    public interface ISpStreamFormat
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
    }

    [ComImport, Guid("12E3CCA9-7518-44C5-A5E7-BA5A79CB929E"), InterfaceType(ComInterfaceType.InterfaceIsIUnknown)]
    public interface ISpStream
    {
        // ISequentialStream, IStream
        void Read();
        void Write();
        void Seek();
        void SetSize();
        void CopyTo();
        void Commit();
        void Revert();
        void LockRegion();
        void UnlockRegion();
        void Stat();
        void Clone();
        // ISpStreamFormat
        void GetFormat();
        // ISpStream
        [PreserveSig] int SetBaseStream(IStream stream, ref Guid formatId, ref WAVEFORMATEX format);
        void GetBaseStream();
        void BindToFile();
        [PreserveSig] int Close();
    }
}
