using System;
using System.Runtime.InteropServices;

namespace Aside.Sapi.Com
{
    /// <summary>SPEVENT (sapi.h). x64: 32 bytes, x86: 24. In C the first two are 16-bit bit-fields.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SPEVENT
    {
        public ushort eEventId;
        public ushort elParamType;
        public uint ulStreamNum;
        public ulong ullAudioStreamOffset;
        public UIntPtr wParam;
        public IntPtr lParam;
    }

    /// <summary>WAVEFORMATEX (mmreg.h, packed to 1): 18 bytes.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    public struct WAVEFORMATEX
    {
        public ushort wFormatTag;
        public ushort nChannels;
        public uint nSamplesPerSec;
        public uint nAvgBytesPerSec;
        public ushort nBlockAlign;
        public ushort wBitsPerSample;
        public ushort cbSize;
    }

    /// <summary>SPVOICESTATUS (sapi.h): 52 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SPVOICESTATUS
    {
        public uint ulCurrentStream;
        public uint ulLastStreamQueued;
        public int hrLastResult;
        public uint dwRunningState;
        public uint ulInputWordPos;
        public uint ulInputWordLen;
        public uint ulInputSentPos;
        public uint ulInputSentLen;
        public int lBookmarkId;
        public ushort PhonemeId;
        public int VisemeId;
        public uint dwReserved1;
        public uint dwReserved2;
    }
}
