using System;

namespace Aside.Sapi.Com
{
    /// <summary>SPEAKFLAGS.</summary>
    public static class Spf
    {
        public const uint Async = 1;
        public const uint PurgeBeforeSpeak = 2;
        public const uint IsXml = 8;
        /// <summary>Without it a text that begins with a tag is taken for XML.</summary>
        public const uint IsNotXml = 16;
        public const uint ParseSapi = 128;
        public const uint ParseSsml = 256;
    }

    /// <summary>SPEVENTENUM.</summary>
    public static class Spei
    {
        public const int StartInputStream = 1;
        public const int EndInputStream = 2;
        public const int VoiceChange = 3;
        public const int Bookmark = 4;
        public const int WordBoundary = 5;
        public const int Phoneme = 6;
        public const int SentenceBoundary = 7;
        public const int Viseme = 8;

        /// <summary>SPFEI_FLAGCHECK: two reserved bits that every interest must have.</summary>
        public const ulong FlagCheck = (1UL << 30) | (1UL << 33);
        public const ulong AllTts = 0xFFFEUL | FlagCheck;

        public static ulong Mask(params int[] ids)
        {
            ulong mask = FlagCheck;
            foreach (int id in ids) mask |= 1UL << id;
            return mask;
        }
    }

    /// <summary>SPEVENTLPARAMTYPE: what has to be done with an event's lParam.</summary>
    public static class Spet
    {
        public const int Token = 1;
        public const int Object = 2;
        public const int Pointer = 3;
        public const int String = 4;
    }

    public static class FormatIds
    {
        public static readonly Guid WaveFormatEx = new Guid("C31ADBAE-527F-4FF5-A230-F62BB61FF70C");
    }

    public static class Categories
    {
        public const string Voices = @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Speech\Voices";
        /// <summary>Windows' newer voices. That SAPI takes their tokens is widely used and nowhere documented.</summary>
        public const string OneCoreVoices = @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Speech_OneCore\Voices";
    }
}
