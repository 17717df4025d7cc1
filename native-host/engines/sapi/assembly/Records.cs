using System;
using System.Text;

namespace Aside.Sapi
{
    /// <summary>What is told to JavaScript; native-host/engines/sapi/records.ts has the same numbers.</summary>
    public enum RecordKind
    {
        Ready = 0,
        Audio = 1,
        Word = 2,
        Sentence = 3,
        Bookmark = 4,
        Viseme = 5,
        Error = 6,
        End = 7,
        /// <summary>The engine thread has died; nothing more will come of it.</summary>
        Fatal = 8,
    }

    /// <summary>One thing that happened, in the order in which JavaScript is to hear of it.</summary>
    public sealed class Record
    {
        static readonly byte[] Nothing = new byte[0];

        public readonly RecordKind Kind;
        /// <summary>Which utterance it is about, 0 for none.</summary>
        public readonly int Utterance;
        /// <summary>
        /// Word, Sentence: A = first character, B = characters, of the text that SAPI got. Viseme: A = viseme, B = its
        /// length in ms. Audio: A = samples per second. Error, Fatal: A = HRESULT. End: A = 1 when it was stopped.
        /// </summary>
        public int A, B;
        /// <summary>Time in the utterance's audio.</summary>
        public double AtMs;
        /// <summary>Audio: 16-bit samples, one channel. Bookmark, Error, Fatal: UTF-16. Otherwise empty.</summary>
        public byte[] Payload = Nothing;

        public Record(RecordKind kind, int utterance)
        {
            Kind = kind;
            Utterance = utterance;
        }

        public static Record Failure(RecordKind kind, int utterance, Exception e)
        {
            var record = new Record(kind, utterance);
            record.A = e.HResult;
            record.Payload = Encoding.Unicode.GetBytes(HResults.NameOf(e) + "\n" + e.Message);
            return record;
        }
    }

    /// <summary>
    /// Many records as one array of bytes, because each crossing into JavaScript costs some 20 µs whatever crosses. A
    /// record is 32 bytes (int32 kind, utterance, A, B; float64 AtMs; int32 payload bytes; int32 unused; little-endian)
    /// and its payload, filled up to a multiple of 8.
    /// </summary>
    public static class RecordBatch
    {
        public const int HeaderBytes = 32;

        public static int SizeOf(Record record)
        {
            return HeaderBytes + ((record.Payload.Length + 7) & ~7);
        }

        public static byte[] Encode(Record[] records, int count, int bytes)
        {
            var batch = new byte[bytes];
            int at = 0;
            for (int i = 0; i < count; i++)
            {
                Record record = records[i];
                PutInt(batch, at, (int)record.Kind);
                PutInt(batch, at + 4, record.Utterance);
                PutInt(batch, at + 8, record.A);
                PutInt(batch, at + 12, record.B);
                long time = BitConverter.DoubleToInt64Bits(record.AtMs);
                PutInt(batch, at + 16, (int)time);
                PutInt(batch, at + 20, (int)(time >> 32));
                PutInt(batch, at + 24, record.Payload.Length);
                Buffer.BlockCopy(record.Payload, 0, batch, at + HeaderBytes, record.Payload.Length);
                at += SizeOf(record);
            }
            return batch;
        }

        static void PutInt(byte[] batch, int at, int value)
        {
            batch[at] = (byte)value;
            batch[at + 1] = (byte)(value >> 8);
            batch[at + 2] = (byte)(value >> 16);
            batch[at + 3] = (byte)(value >> 24);
        }
    }
}
